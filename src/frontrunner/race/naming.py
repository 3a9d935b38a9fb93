"""What things are called on the clock in use: a product by its INN where known, else its code, else its brand."""

from typing import Any

from frontrunner.race.results import Company, Name, Product
from frontrunner.vocab import fold

#: order in which a product's display name is sought; within a kind the most mentioned, then the oldest
_PRODUCT_ORDER = ("inn", "combination", "code", "brand", "variant")
_COMPANY_ORDER = ("short", "legal", "group", "brand", "variant", "former")


class Naming:
    """The names of the products and companies of one answer (rows of names.sql)."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.products: dict[str, Product] = {}
        self.companies: dict[str, Company] = {}
        self.rows: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            self.rows.setdefault(row["subject"], []).append(row)

    def product(self, id: str) -> Product:
        """The product with its display name first among its names."""
        found = self.products.get(id)
        if found is None:
            ordered = self._ordered(id, _PRODUCT_ORDER)
            found = self.products[id] = Product(id, self._display(id, ordered), [_name(row) for row in ordered])
        return found

    def company(self, id: str, country: str | None) -> Company:
        """The company with its display name first among its names."""
        found = self.companies.get(id)
        if found is None or found.country != country:
            ordered = self._ordered(id, _COMPANY_ORDER)
            found = Company(id, self._display(id, ordered), country, [_name(row) for row in ordered])
            self.companies[id] = found
        return found

    def programme(self, product: str, indication: str | None) -> str:
        """`dalnacogene ponparvovec in hemophilia B`; without an indication, the product whatever its use."""
        return f"{self.product(product).name} in {indication or 'any use'}"

    def _ordered(self, id: str, order: tuple[str, ...]) -> list[dict[str, Any]]:
        bare = id.partition(":")[2]

        def rank(row: dict[str, Any]) -> tuple[Any, ...]:
            kind = order.index(row["kind"]) if row["kind"] in order else len(order)
            shouted = row["kind"] == "inn" and not row["value"].islower()  # an INN is a common noun
            return (
                row["lang"] != "en",
                kind,
                not row["curated"],
                "-".join(fold(row["value"]).split()) != bare,  # bare of legal forms and branches
                shouted,
                -row["mentions"],
                row["known_from"],
                row["value"],
            )

        rows = self.rows.get(id, [])
        return sorted(rows, key=rank) if len(rows) > 1 else rows

    @staticmethod
    def _display(id: str, ordered: list[dict[str, Any]]) -> str:
        return str(ordered[0]["value"]) if ordered else id.partition(":")[2]


def _name(row: dict[str, Any]) -> Name:
    return Name(row["value"], row["kind"], row["lang"])
