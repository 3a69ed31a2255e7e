/** The style sheet of the page: light and dark as the reader has it, one column where there is no room for two. */
export const PAGE_STYLE = `
:root{--bg:#f6f7f9;--card:#fff;--ink:#16202c;--dim:#55606d;--line:#d9dee5;--accent:#0b5cad;
--red:#b3261e;--redbg:#fdeceb;--green:#17692f;--amber:#8a5300;--blue:#0b5cad;--violet:#6b3fa0;--grey:#55606d}
@media (prefers-color-scheme:dark){:root{--bg:#0f141a;--card:#171e26;--ink:#e6ebf1;--dim:#9ba8b6;--line:#2b3541;--accent:#7db8ff;
--red:#ff8a80;--redbg:#331716;--green:#7bd88f;--amber:#ffc46b;--blue:#7db8ff;--violet:#c9a6ff;--grey:#9ba8b6}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header,main{max-width:1240px;margin:0 auto;padding:0 16px}
header{padding-top:24px}
h1{font-size:24px;line-height:1.2;margin:0}
h2{font-size:16px;margin:0 0 8px}
h3{font-size:14px;margin:12px 0 6px}
p{margin:4px 0}
.sub,.d{color:var(--dim)}
.card{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--grey);border-radius:6px;padding:12px 16px;margin:14px 0}
.card.public{border-left-color:var(--red);background:var(--redbg)}
.card.calm{border-left-color:var(--green)}
.card.calm h2{margin:0}
.card.refusal{border-left-color:var(--red)}
.card.warning{border-left-color:var(--amber)}
.card ul{margin:0;padding:0;list-style:none}
.card li{padding:2px 0;overflow-wrap:anywhere}
[hidden]{display:none!important}
.long{max-height:260px;overflow:auto}
.p{font-weight:600}
.bar{position:sticky;top:0;z-index:2;background:var(--bg);padding:10px 0 6px;border-bottom:1px solid var(--line)}
.bar input{width:100%;font:inherit;color:inherit;background:var(--card);border:1px solid var(--dim);border-radius:6px;padding:8px 12px}
.filters{display:flex;flex-wrap:wrap;gap:6px;margin-top:8px}
.filters button{font:inherit;font-size:14px;color:inherit;background:var(--card);border:1px solid var(--dim);border-radius:16px;padding:3px 12px;cursor:pointer}
.filters button[aria-pressed=true]{background:var(--accent);border-color:var(--accent);color:var(--bg)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
#shown{font-size:13px;color:var(--dim);margin:6px 0 0}
.m{display:inline-block;width:9px;height:9px;border-radius:50%;margin-right:6px;background:var(--grey)}
button[aria-pressed=true] .m{outline:1px solid var(--bg)}
.published{--c:var(--red)}.deleted{--c:var(--red)}.hidden{--c:var(--violet)}.moved,.renamed{--c:var(--blue)}.uploaded,.copied{--c:var(--green)}
.m{background:var(--c,var(--grey))}
.bucket>h2{margin:18px 0 8px;font-size:18px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:14px}
.tree{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:10px 14px;min-width:0}
.tree h3{margin:0 0 6px;color:var(--dim);font-size:13px;text-transform:uppercase;letter-spacing:.05em}
.chunk{content-visibility:auto;contain-intrinsic-size:auto 3600px}
.folder,.file{padding-left:calc(var(--n,0)*16px)}
.folder{font-weight:600;color:var(--dim);padding-top:6px;overflow-wrap:anywhere}
.file{padding-top:3px;padding-bottom:3px;overflow-wrap:anywhere}
.file .t{font-size:12px;font-weight:600;border:1px solid var(--c,var(--grey));color:var(--c,var(--grey));border-radius:4px;padding:0 5px;margin-left:6px;white-space:nowrap}
.file .d{display:block;font-size:13px}
.gone .f{text-decoration:line-through}
.none{color:var(--dim);padding:20px 0}
@media (max-width:720px){.pair{grid-template-columns:1fr}h1{font-size:20px}.bar{position:static}.folder,.file{padding-left:calc(var(--n,0)*10px)}}
`;
