#!/usr/bin/env python3
"""A checkout of N lines in six languages, for benchmarks: `tree.py LINES FOLDER`. Services with handlers, queries, calls
to others, retries, comments and plain code between, some 200 lines a file."""
import sys
from pathlib import Path

lines, root = int(sys.argv[1]), Path(sys.argv[2])

JAVA = '''    /** Orders of a customer, newest first. Callers page through them. */
    @GetMapping("/customers/{{id}}/orders{n}")
    public List<Order> orders{n}(@PathVariable long id, @RequestParam(defaultValue = "50") int limit) {{
        if (limit <= 0 || limit > 500) {{
            throw new IllegalArgumentException("limit must be between 1 and 500, not " + limit);
        }}
        List<Order> found = jdbc.query("SELECT id, state, total FROM orders WHERE customer_id = ? ORDER BY id DESC LIMIT ?", mapper, id, limit);
        for (Order order : found) {{
            // One call each: the carrier has no list.
            order.setCarrier(restTemplate.getForObject("http://carrier/api/v1/parcels/" + order.getId(), Carrier.class));
            log.info("order {{}} is with {{}}", order.getId(), order.getCarrier());
        }}
        int total = 0;
        for (int index = 0; index < found.size(); index++) {{
            total += found.get(index).getTotal();
        }}
        cache.put("orders:" + id, found);
        return found;
    }}

'''
TS = '''  // The board asks again every ten seconds.
  router.get('/board{n}/:route', async (request, response) => {{
    const route = String(request.params.route);
    const { rows } = await pool.query('SELECT id, state FROM parcels WHERE route_id = $1 ORDER BY position', [route]);
    const parcels = rows.map((row) => ({{ id: row.id, state: row.state, late: isLate(row) }}));
    for (const parcel of parcels) {{
      const answer = await fetch(`${{CARRIER}}/track/${{parcel.id}}`);
      parcel.track = await answer.json();
    }}
    if (parcels.length === 0) {{
      response.status(404).json({{ message: `no route ${{route}}` }});
      return;
    }}
    logger.info({{ route, count: parcels.length }}, 'board');
    response.json(parcels);
  }});

  function isLate{n}(row) {{
    const due = new Date(row.due_at);
    const grace = 15 * 60 * 1000;
    return Date.now() - due.getTime() > grace;
  }}

'''.replace("{ rows }", "{{ rows }}")
PYTHON = '''@app.get("/reports{n}/{{day}}")
def report{n}(day: str, session: Session = Depends(session)):
    """Totals of a day by depot."""
    rows = session.execute(text("SELECT depot, sum(weight) FROM parcels WHERE day = :day GROUP BY depot"), {{"day": day}})
    totals = {{}}
    for depot, weight in rows:
        # Some depots write grams.
        totals[depot] = weight / 1000 if depot in GRAMS else weight
    answer = requests.get(f"{{RATES}}/rates/{{day}}")
    rates = answer.json()
    result = []
    for depot, weight in sorted(totals.items()):
        result.append({{"depot": depot, "weight": weight, "cost": weight * rates.get(depot, 1.0)}})
    logger.info("report of %s: %d depots", day, len(result))
    return result


'''
GO = '''// Stock answers how much of an article is left in a depot.
func (s *Server) Stock{n}(w http.ResponseWriter, r *http.Request) {{
	article := r.URL.Query().Get("article")
	if article == "" {{
		http.Error(w, "article is missing", http.StatusBadRequest)
		return
	}}
	rows, err := s.db.QueryContext(r.Context(), "SELECT depot, count(*) FROM stock WHERE article = $1 GROUP BY depot", article)
	if err != nil {{
		log.Printf("stock of %s: %v", article, err)
		http.Error(w, "stock is not known", http.StatusInternalServerError)
		return
	}}
	defer rows.Close()
	left := map[string]int{{}}
	for rows.Next() {{
		var depot string
		var count int
		if err := rows.Scan(&depot, &count); err != nil {{
			continue
		}}
		left[depot] = count
	}}
	json.NewEncoder(w).Encode(left)
}}

'''
CSHARP = '''    /// <summary>Books a slot at a gate.</summary>
    [HttpPost("slots{n}")]
    public async Task<IActionResult> Book{n}(BookingRequest request, CancellationToken token)
    {{
        var slot = await _context.Slots.Where(s => s.Gate == request.Gate && s.From >= request.From).OrderBy(s => s.From).FirstOrDefaultAsync(token);
        if (slot is null)
        {{
            return NotFound(new {{ message = "no slot is free" }});
        }}
        foreach (var parcel in request.Parcels)
        {{
            var answer = await _client.GetAsync($"https://customs.example/api/{{parcel}}", token);
            slot.Cleared += answer.IsSuccessStatusCode ? 1 : 0;
        }}
        slot.BookedBy = request.Company;
        await _context.SaveChangesAsync(token);
        _logger.LogInformation("slot {{Slot}} is booked", slot.Id);
        return Ok(slot);
    }}

'''
SQL = '''-- Parcels of a day, by route.
CREATE TABLE parcels_{n} (
    id BIGINT PRIMARY KEY,
    route_id BIGINT NOT NULL REFERENCES routes (id),
    state TEXT NOT NULL,
    weight NUMERIC(10, 3),
    due_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX parcels_{n}_route ON parcels_{n} (route_id, due_at);
UPDATE parcels_{n} SET state = 'late' WHERE due_at < now() AND state = 'open';

'''
KINDS = [
    ("java", "src/main/java/orders/Orders{f}.java", "package orders;\n\nimport java.util.List;\n\n@RestController\npublic class Orders{f} {{\n", JAVA, "}\n"),
    ("board", "src/board{f}.ts", "import {{ Router }} from 'express';\nimport {{ pool }} from './pool';\n\nexport function board{f}(router: Router) {{\n", TS, "}\n"),
    ("reports", "app/reports{f}.py", "import requests\nfrom fastapi import Depends\n\n\n", PYTHON, ""),
    ("stock", "internal/stock{f}.go", "package stock\n\nimport \"net/http\"\n\n", GO, ""),
    ("gates", "Controllers/Gates{f}.cs", "using Microsoft.AspNetCore.Mvc;\n\npublic class Gates{f} : ControllerBase\n{{\n", CSHARP, "}\n"),
    ("data", "migrations/{f:05}_parcels.sql", "", SQL, ""),
]
MANIFESTS = {
    "java/pom.xml": "<project><artifactId>orders</artifactId><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId><version>3.2.1</version></dependency></dependencies></project>\n",
    "board/package.json": '{"name": "board", "dependencies": {"express": "4.19.2", "pg": "8.11.3"}}\n',
    "reports/pyproject.toml": '[project]\nname = "reports"\ndependencies = ["fastapi==0.110.0", "requests==2.31.0"]\n',
    "stock/go.mod": "module example.org/stock\n\ngo 1.22\n\nrequire github.com/lib/pq v1.10.9\n",
    "gates/Gates.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>\n',
}
for path, text in MANIFESTS.items():
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)
written = number = file = 0
while written < lines:
    folder, path, head, part, end = KINDS[file % len(KINDS)]
    text = head.format(f=file)
    while text.count("\n") < 200:
        text += part.format(n=number)
        number += 1
    text += end
    target = root / folder / path.format(f=file)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)
    written += text.count("\n")
    file += 1
print(f"{written} lines in {file} files")
