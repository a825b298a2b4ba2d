"""How the parts of a query are joined: by AND, by OR, and what is inside parentheses."""

from dataclasses import dataclass, field

from paperreader.query.tree import And, Filter, Node, Not, Or


@dataclass
class Group:
    """What has been read between two parentheses, or of the whole text.

    `rows` are joined by AND, the chains of a row by OR, the nodes of a chain by AND again:
    the three strengths of joining. `within` is the field of the whole group, `label` that of the
    next part.
    """

    within: str = ""
    negated: bool = False
    rows: list[list[list[Node]]] = field(default_factory=list)
    operator: str = ""
    negate: bool = False
    label: str = ""

    def add(self, node: Node | None, *, negatable: bool = True) -> None:
        """Join `node` to what stands before it by the operator that was read between them."""
        if node is not None:
            node = _negation(node) if self.negate and negatable else node
            if self.operator == "AND" and self.rows:
                self.rows[-1][-1].append(node)
            elif self.operator == "OR" and self.rows:
                self.rows[-1].append([node])
            else:
                self.rows.append([[node]])
            self.operator = ""
        self.negate = False
        self.label = ""

    def join(self, operator: str) -> None:
        """Take an operator, AND, OR or NOT, that joins the next part."""
        self.label = ""
        if operator == "NOT":
            self.negate = not self.negate
        else:
            self.operator, self.negate = operator, False

    def last(self) -> Node | None:
        """Return the node that was added last."""
        return self.rows[-1][-1][-1] if self.rows else None

    def replace_last(self, node: Node) -> None:
        """Put `node` in place of the one that was added last."""
        self.rows[-1][-1][-1] = node

    def node(self) -> Node | None:
        """Return the group as one node."""
        rows = [joined(Or, [joined(And, chain) for chain in row]) for row in self.rows]
        return _any_of_the_papers(joined(And, rows)) if rows else None


def joined(kind: type[And] | type[Or], nodes: list[Node]) -> Node:
    """Return the nodes as one, without groups of the same kind inside."""
    if len(nodes) == 1:
        return nodes[0]
    flat: list[Node] = []
    for node in nodes:
        flat += node.parts if isinstance(node, kind) else (node,)
    return kind(tuple(flat))


def _any_of_the_papers(node: Node) -> Node:
    """Read several identifiers side by side as a list of papers, since no paper is two."""
    parts = node.parts if isinstance(node, And) else ()
    papers: list[Node] = [n for n in parts if isinstance(n, Filter) and n.name == "id"]
    if len(papers) < 2:
        return node
    ids = set(map(id, papers))
    return joined(And, [joined(Or, papers), *(part for part in parts if id(part) not in ids)])


def _negation(node: Node) -> Node:
    return node.part if isinstance(node, Not) else Not(node)
