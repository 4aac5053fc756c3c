"""Records as whoever means harm would type or import them, past every check of a form."""

from programmes.models import Programme, Source
from tests.factories import make_country, make_example, make_organisation, make_programme

MARK = "zqzq"
# Each would run as markup or script, end an attribute, an element, a string of JSON, a cell, a header or a line.
NAMES = [
    f"<script>{MARK}()</script>",
    f"</script><script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"' autofocus onfocus='{MARK}()",
    f"--><svg/onload={MARK}()>",
    f"]]><script>{MARK}()</script>",
    f"</title></textarea></style><script>{MARK}()</script>",
    f"<a href=javascript:{MARK}()>a</a>",
    f"[a](javascript:{MARK}())",
    f"![a](https://evil.example/{MARK})",
    f"{{{{ {MARK} }}}}{{% debug %}}",
    f'=HYPERLINK("https://evil.example/{MARK}")',
    f"@SUM(1)*cmd|'/C {MARK}'!A0",
    f"a;=1+1;{MARK}",
    f"{MARK}\r\nSet-Cookie: {MARK}=1",
    f"{MARK}\nTY  - JOUR\nUR  - javascript:{MARK}()",
    f"{MARK}}}, url = {{javascript:{MARK}()",
    f"{MARK}\u2028\u2029\u202e\x00\x1b[31m\ufffe".replace("\x00", ""),
    f"&lt;script&gt;{MARK}()&lt;/script&gt;",
    f'<!--#exec cmd="{MARK}"-->',
]
URLS = [
    f"javascript:{MARK}()",
    f"JaVaScRiPt:{MARK}()",
    f"data:text/html,<script>{MARK}()</script>",
    f'https://example.org/"><script>{MARK}()</script>',
    f"//evil.example/{MARK}",
    f"/static//etc/passwd#{MARK}",
    f"vbscript:{MARK}",
    f" javascript:{MARK}()",
]


def plant() -> list[Programme]:
    """A programme with each name, provided, quoted, reasoned, sited and sourced by such texts too."""
    planted = []
    for number, name in enumerate(NAMES):
        country = make_country(f"Q{chr(65 + number)}", name=name, name_in_source=name, other_names=name)
        provider = make_organisation(name=f"{name} {number}", country=country)
        programme = make_programme(f"{MARK}-{number}", name=name, provider=provider, countries=[country])
        programme.partners.set([provider])
        url = URLS[number % len(URLS)] + "#" * (number // len(URLS))
        source = Source.objects.create(title=name, url=url, date="2010-01-01")
        make_example("2.1", programme, text=name, source=source, placed_by_inference=True, reason=name)
        planted.append(programme)
    return planted
