package import StructuredSQL

extension ModelQuery {
    /// A row per part and model: its slice, the model (1 is the champion), average precision, the greatest distance between
    /// the distributions of positives and negatives, and the expected calibration error over ten bins of equal width.
    ///
    /// Rows of one score are one step of the curves. A bin has its upper end, the first one also 0. Average precision and
    /// distance are NULL without both outcomes. Sums are taken in order, so that equal models come to equal numbers. Sources: the average precision of scikit-learn, the two-sample
    /// Kolmogorov-Smirnov statistic; M. Naeini, G. Cooper and M. Hauskrecht, "Obtaining well calibrated probabilities using
    /// Bayesian binning", 2015.
    package var curves: SQL {
        """
        \(parts), sided AS (
            SELECT part, value, y, 1 AS model, p1 AS p FROM parts UNION ALL SELECT part, value, y, 2, p2 FROM parts
        ), steps AS (
            SELECT part, value, model, p, sum(y) AS positives, count(*) - sum(y) AS negatives FROM sided GROUP BY part, value, model, p
        ), summed AS (
            SELECT *, sum(positives) OVER above AS tp, sum(negatives) OVER above AS fp,
                sum(positives) OVER everything AS p_all, sum(negatives) OVER everything AS n_all
            FROM steps WINDOW everything AS (PARTITION BY part, value, model), above AS (PARTITION BY part, value, model ORDER BY p DESC)
        ), curve AS (
            SELECT part, value, model, sum(positives * tp / (tp + fp) ORDER BY p) / nullif(max(p_all), 0) AS ap,
                max(abs(tp / nullif(p_all, 0) - fp / nullif(n_all, 0))) AS ks
            FROM summed GROUP BY part, value, model
        ), bins AS (
            SELECT part, value, model, GREATEST(ceil(p * 10) - 1, 0) AS bin, sum(positives) - sum((positives + negatives) * p ORDER BY p) AS gap, sum(positives + negatives) AS n
            FROM steps GROUP BY part, value, model, GREATEST(ceil(p * 10) - 1, 0)
        ), calibration AS (
            SELECT part, value, model, sum(abs(gap) ORDER BY bin) / sum(n) AS ece FROM bins GROUP BY part, value, model
        )
        SELECT c.part, c.value, c.model, CASE WHEN c.ks IS NOT NULL THEN c.ap END, c.ks, e.ece
        FROM curve AS c JOIN calibration AS e
            ON e.part = c.part AND e.model = c.model AND coalesce(e.value = c.value, e.value IS NULL AND c.value IS NULL)
        ORDER BY c.part, c.value, c.model
        """
    }
}
