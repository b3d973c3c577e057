#include "server/service/pages.h"

#include "server/http/negotiate.h"

namespace dossier::server {
namespace {

constexpr std::string_view kPage = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dossier</title>
<style>
  body { font: 16px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1c1c1c; background: #fcfcfa; }
  h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
  p { margin: .25rem 0 1rem; color: #555; }
  textarea { width: 100%; height: 12rem; font: 14px/1.4 ui-monospace, monospace; padding: .6rem; box-sizing: border-box; }
  button { font: inherit; padding: .35rem 1.2rem; margin: .5rem .5rem .5rem 0; }
  #status { color: #555; }
  pre { color: #a00; overflow: auto; }
  table { border-collapse: collapse; margin-top: .5rem; font-size: 14px; }
  th, td { border: 1px solid #ddd; padding: .25rem .6rem; text-align: left; vertical-align: top; max-width: 34rem; overflow-wrap: anywhere; }
  th { background: #f0efe9; }
</style>
</head>
<body>
<h1>Dossier</h1>
<p>SPARQL queries over this database. Programs use <code>/query</code>, <code>/update</code> and <code>/store</code>.</p>
<form id="form" method="post" action="/query">
<label for="query">Query (Ctrl+Enter runs it)</label>
<textarea id="query" name="query" spellcheck="false">SELECT ?who ?did ?whom WHERE {
  ?who ?did ?whom
}
LIMIT 50</textarea>
<button>Run</button><span id="status" role="status"></span>
</form>
<div id="result"></div>
<script>
"use strict";
const $ = id => document.getElementById(id);
const shown = t => !t ? "" : t.type === "uri" ? "<" + t.value + ">" : t.type === "bnode" ? "_:" + t.value
  : t.type === "triple" ? "<<( " + [t.value.subject, t.value.predicate, t.value.object].map(shown).join(" ") + " )>>"
  : t.value + (t["xml:lang"] ? " @" + t["xml:lang"] : "");
function element(parent, name, text) {
  const e = document.createElement(name);
  if (text !== undefined) e.textContent = text;
  parent.appendChild(e);
  return e;
}
function show(answer, type) {
  const result = $("result");
  if (!type.includes("json")) { element(result, "pre", answer).style.color = "inherit"; return ""; }
  const json = JSON.parse(answer);
  if ("boolean" in json) { element(result, "b", json.boolean ? "yes" : "no"); return ""; }
  const table = element(result, "table"), head = element(element(table, "thead"), "tr"), body = element(table, "tbody");
  for (const v of json.head.vars) element(head, "th", "?" + v);
  for (const row of json.results.bindings) {
    const tr = element(body, "tr");
    for (const v of json.head.vars) element(tr, "td", shown(row[v]));
  }
  return json.results.bindings.length + " rows, ";
}
async function run(event) {
  if (event) event.preventDefault();
  $("result").textContent = "";
  $("status").textContent = "running";
  const start = performance.now();
  try {
    const response = await fetch("/query", { method: "POST", body: new URLSearchParams({ query: $("query").value }),
      headers: { Accept: "application/sparql-results+json, text/turtle;q=0.9" } });
    const text = await response.text();
    let rows = "";
    if (response.ok) rows = show(text, response.headers.get("Content-Type")); else element($("result"), "pre", text);
    $("status").textContent = rows + Math.round(performance.now() - start) + " ms";
  } catch (error) {
    $("status").textContent = "no complete answer: " + error.message;
  }
}
$("form").addEventListener("submit", run);
$("query").addEventListener("keydown", e => { if (e.ctrlKey && e.key === "Enter") run(e); });
</script>
</body>
</html>
)html";

}  // namespace

bool WantsPage(const Request& request) {
  constexpr std::string_view kOffers[] = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/trig",
                                          "application/n-quads", "text/html"};
  const auto best = Negotiate(request.Field("accept"), kOffers);
  return best && kOffers[*best] == "text/html";
}

Response PageResponse() {
  Response response;
  response.content_type = "text/html; charset=utf-8";
  response.fields.emplace_back("Content-Security-Policy",
                               "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; form-action 'self'; "
                               "frame-ancestors 'none'; base-uri 'none'");
  response.fields.emplace_back("Vary", "Accept");
  response.body = kPage;
  return response;
}

}  // namespace dossier::server
