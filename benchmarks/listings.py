"""Listings that made-up lessons show; ``thing`` becomes another name in each."""

LISTINGS = {
    "python": '''from dataclasses import dataclass


@dataclass(frozen=True)
class Cache:
    """Keys and values of the last ``window`` tokens."""

    window: int
    thing: tuple[float, ...] = ()

    def add(self, value: float) -> "Cache":
        kept = self.thing[-self.window + 1 :]  # the oldest leaves first
        return Cache(self.window, (*kept, value))


print(Cache(3).add(1.5).add(2.5).thing)''',
    "bash": """set -eu
for thing in first second third; do
    count=$(wc -l < "$thing.txt")
    echo "$thing holds $count lines" >&2
done""",
    "json": """{
  "name": "thing",
  "layers": 32,
  "heads": {"query": 32, "key": 8},
  "sizes": [4096, 14336, 32768],
  "tied": false
}""",
    "yaml": """name: thing
layers: 32
heads: {query: 32, key: 8}
sizes:
  - 4096
  - 14336
tied: false  # the output has weights of its own""",
    "rust": """fn thing(values: &[f32], limit: usize) -> Vec<f32> {
    let mut kept: Vec<f32> = values.to_vec();
    kept.sort_by(|a, b| b.partial_cmp(a).unwrap());
    kept.truncate(limit); // the largest only
    kept
}""",
    "sql": """SELECT name, count(*) AS thing, avg(points) AS mean
FROM answers
WHERE finished_at IS NOT NULL AND points >= 0.5
GROUP BY name
HAVING count(*) > 10
ORDER BY mean DESC;""",
}
