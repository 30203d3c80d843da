{% for i in range(3) %} select {{ i }} {% endfor %}
