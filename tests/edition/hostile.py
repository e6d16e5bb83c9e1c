"""Papers that would like to be more than text."""

from __future__ import annotations

MARKUP = "<script>alert(7731)</script><img src=x onerror=alert(7731)></article><!-- "
TURNED = "Payments \u202eetahw\u202c of \u2066Note\u2069"
ARABIC = "\u0642\u0648\u0627\u0639\u062f \u0627\u0644\u0639\u0645\u0644"
HEAD = "Long Beach Police Department\n\nSpecial Order {number}\n\nDate: May {day}, 2021\nSubject: {subject}\n\n"
HOSTILE = {
    "markup.txt": HEAD.format(number="21-01", day=2, subject=f"Doors {MARKUP}") + f"Effective immediately, doors are shut {MARKUP}.\n\nA. Doors <b onclick=alert(7731)>bold</b> and \"quotes\" 'too' </details></section>.\n\nThis order rescinds Special Order 20-09 {MARKUP}.\n",
    "turned.txt": HEAD.format(number="21-02", day=3, subject=TURNED) + f"Effective immediately, {TURNED} are kept.\x07\n",
    "right.txt": HEAD.format(number="21-03", day=4, subject=ARABIC) + f"Effective immediately, {ARABIC}.\n",
    'x" onmouseover="alert(7731)".txt': HEAD.format(number="21-04", day=5, subject="Names ${7731} {{ 7731 * 2 }}") + "Effective immediately, names are kept.\n",
}
