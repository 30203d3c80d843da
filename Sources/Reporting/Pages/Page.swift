/// A whole page: one file, which asks nothing of the network and needs no script.
package struct Page {
    private let title: String
    private let language = "en"
    private let body: HTML

    /// - Parameters:
    ///   - title: What stands in the tab.
    ///   - body: What is in the page.
    package init(title: String, body: HTML) {
        self.title = title
        self.body = body
    }

    /// The document.
    package var text: String {
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="\(language)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            \(body)
            </body>
            </html>

            """
        return page.markup
    }

    /// Light and dark, on screens of any width and on paper; what colour says, a form or a word says too.
    private static let style: HTML = """
        :root { --paper: #ffffff; --ink: #1b1f24; --quiet: #57606a; --line: #d0d7de; --band: #f6f8fa;
          --one: #0b5cad; --two: #a33c00; --good: #116329; --bad: #b3261e; --warn: #7d4e00; --unknown: #6e3a94; }
        @media (prefers-color-scheme: dark) { :root { --paper: #0d1117; --ink: #e6edf3; --quiet: #9aa5b1; --line: #30363d;
          --band: #161b22; --one: #79b8ff; --two: #ffab70; --good: #56d364; --bad: #ff8f87; --warn: #e3b341; --unknown: #d2a8ff; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
        h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; } p, ul { margin: .25rem 0 .75rem; } ul { padding-left: 1.25rem; }
        a { color: var(--one); } .quiet { color: var(--quiet); } code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .9em; }
        .verdict { display: inline-block; border: 2px solid currentColor; border-radius: .4rem; padding: .1rem .6rem; font-weight: 700; }
        .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .unknown { color: var(--unknown); }
        .scroll { overflow-x: auto; margin: .5rem 0 1rem; } .scroll:focus-visible { outline: 2px solid var(--one); }
        table { border-collapse: collapse; font-size: .9rem; } caption { text-align: left; color: var(--quiet); padding-bottom: .35rem; white-space: nowrap; }
        th, td { border-bottom: 1px solid var(--line); padding: .3rem .7rem .3rem 0; text-align: left; vertical-align: top; font-weight: 400; }
        thead th { color: var(--quiet); white-space: nowrap; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        del { color: var(--bad); } ins { color: var(--good); text-decoration: none; font-weight: 600; }
        figure { margin: 0; max-width: 26rem; break-inside: avoid; } figcaption { font-weight: 600; margin-bottom: .25rem; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1.5rem; margin: 1rem 0; }
        svg { display: block; width: 100%; height: auto; overflow: visible; } svg text { fill: var(--ink); font: 11px system-ui, "DejaVu Sans", sans-serif; }
        svg .quiet { fill: var(--quiet); } svg .axis { stroke: var(--line); fill: none; } svg .even { stroke: var(--quiet); stroke-dasharray: 2 3; fill: none; }
        svg .one { stroke: var(--one); stroke-width: 2; fill: none; } svg .two { stroke: var(--two); stroke-width: 2; stroke-dasharray: 6 3; fill: none; }
        svg .dot1 { fill: var(--one); stroke: none; } svg .dot2 { fill: var(--paper); stroke: var(--two); stroke-width: 2; }
        .wide { min-width: 36rem; max-width: 56rem; } li, p { overflow-wrap: anywhere; } .nowrap { white-space: nowrap; } .under { display: block; font-size: .85em; white-space: nowrap; } .bar { stroke: none; } .bar.good { fill: var(--good); } .bar.bad { fill: var(--bad); } .bar.unknown { fill: var(--unknown); }
        svg text.good { fill: var(--good); } svg text.bad { fill: var(--bad); } svg text.unknown { fill: var(--unknown); }
        .strip th, .strip td { border: 0; padding: .1rem; } .strip tbody th { padding-right: .7rem; white-space: nowrap; } .strip thead th { text-align: center; min-width: 1.25rem; }
        .cell { text-align: center; border: 1px solid var(--line) !important; font-variant-numeric: tabular-nums; font-weight: 600; }
        .cell.good { color: var(--good); } .cell.bad { color: var(--bad); border: 2px solid var(--bad) !important; }
        .cell.bad.most { background: var(--bad); color: var(--paper); } .cell.unknown { color: var(--unknown); border-style: dashed !important; }
        .cell.excluded { color: var(--warn); border-style: dotted !important; } .cell.none { color: var(--quiet); font-weight: 400; }
        header, section { break-inside: auto; }
        @media print { :root { --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; --one: #0b5cad; --two: #a33c00; --good: #116329;
          --bad: #b3261e; --warn: #7d4e00; --unknown: #6e3a94; } body { max-width: none; padding: 0; font-size: 11pt; }
          .scroll { overflow: visible; } table { font-size: 8.5pt; } tr, figure, svg { break-inside: avoid; } .wide { min-width: 0; } .strip { font-size: 6.5pt; } .strip thead th { min-width: 0; } .cell { print-color-adjust: exact; -webkit-print-color-adjust: exact; } h2, h3 { break-after: avoid; } thead { display: table-header-group; } }
        """
}
