"""What a run measures, and how often."""

from dataclasses import dataclass, field
from functools import cached_property

from tests.bench.data import Dataset
from tests.bench.figures import Figure


@dataclass
class Plan:
    """server: the URL of PostgreSQL's maintenance database, or "" where it is left out. sizes:
    {engine: numbers of letters}. seconds: of one load."""

    short: bool
    rounds: int
    seconds: int
    sizes: dict
    server: str = ""
    redis: str = ""
    figures: list = field(default_factory=list)

    def tell(self, *figures: Figure):
        self.figures += figures

    @cached_property
    def datasets(self):
        """{engine: datasets in six languages, the smallest first}; they are built."""
        return {
            engine: [self._dataset(engine, size).build() for size in sorted(sizes)]
            for engine, sizes in self.sizes.items()
        }

    @cached_property
    def many_languages(self):
        """{engine: the smallest dataset in fifty languages}"""
        return {
            engine: self._dataset(engine, min(sizes), languages=50).build()
            for engine, sizes in self.sizes.items()
        }

    def _dataset(self, engine, letters, languages=6):
        return Dataset(letters, languages, self.server if engine == "PostgreSQL" else "")

    @property
    def main(self):
        """The dataset for what does not hang on the number of letters."""
        return self.datasets[next(iter(self.datasets))][0]
