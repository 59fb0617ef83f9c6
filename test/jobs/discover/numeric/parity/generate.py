"""Writes reference.json: what the usual Python tools find in the input of input.ts.

Run in an environment with the packages of requirements.txt: python generate.py
"""

import json
import pathlib

import igraph
import leidenalg
import networkx
import numpy as np
import umap
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.manifold import trustworthiness
from sklearn.metrics import adjusted_rand_score
from sklearn.neighbors import NearestNeighbors

ROWS, COLUMNS, GROUPS, DOCUMENTS, VOCABULARY, SPREAD = 600, 24, 12, 200, 40, 0.5
NEIGHBOURS = 15


def mulberry32(seed):
    """The generator of src/domain/random.ts."""
    mask = 0xFFFFFFFF
    while True:
        seed = (seed + 0x6D2B79F5) & mask
        mixed = ((seed ^ (seed >> 15)) * (seed | 1)) & mask
        mixed ^= (mixed + (((mixed ^ (mixed >> 7)) * (mixed | 61)) & mask)) & mask
        yield ((mixed ^ (mixed >> 14)) & mask) / 4294967296


draws = mulberry32(20)


def draw():
    return next(draws)


def bump():
    return draw() + draw() + draw() + draw() - 2


centres = [bump() for _ in range(GROUPS * COLUMNS)]
points = np.zeros((ROWS, COLUMNS), dtype=np.float32)
groups = []
for row in range(ROWS):
    group = int(draw() * GROUPS)
    groups.append(group)
    for column in range(COLUMNS):
        points[row, column] = centres[group * COLUMNS + column] + SPREAD * bump()
points /= np.linalg.norm(points, axis=1, keepdims=True)

documents = []
for _ in range(DOCUMENTS):
    topic = int(draw() * 8)
    words = []
    for _ in range(4 + int(draw() * 8)):
        common = draw() < 0.4
        word = draw() * draw() * VOCABULARY if common else topic * 5 + draw() * 5
        words.append(f"w{int(word)}")
    documents.append(" ".join(words))

distances, indices = (
    NearestNeighbors(n_neighbors=NEIGHBOURS + 1, metric="cosine", algorithm="brute").fit(points).kneighbors(points)
)
# Each row's first neighbour is itself.
distances, indices = distances[:, 1:], indices[:, 1:]

vectorizer = TfidfVectorizer(sublinear_tf=True, min_df=2)
tfidf = vectorizer.fit_transform(documents)
svd = TruncatedSVD(10, algorithm="arpack", random_state=1).fit(tfidf)

nearest = [set(map(int, row)) for row in indices]
edges = [
    (row, int(other), float(1 - distance))
    for row in range(ROWS)
    for other, distance in zip(indices[row], distances[row])
    if other > row and row in nearest[other] and distance < 1
]
network = networkx.Graph()
network.add_nodes_from(range(ROWS))
network.add_weighted_edges_from(edges)
graph = igraph.Graph(ROWS, [edge[:2] for edge in edges])
weights = [edge[2] for edge in edges]
total = 2 * sum(weights)


def leiden(resolution):
    return max(
        leidenalg.find_partition(
            graph,
            leidenalg.RBConfigurationVertexPartition,
            weights=weights,
            resolution_parameter=resolution,
            seed=seed,
            n_iterations=-1,
        ).quality()
        / total
        for seed in range(10)
    )


def louvain(resolution):
    communities = graph.community_multilevel(weights=weights, resolution=resolution)
    return networkx.community.modularity(network, list(communities), resolution=resolution)


def modularity_of_groups(resolution):
    parts = [{row for row in range(ROWS) if groups[row] == group} for group in range(GROUPS)]
    return networkx.community.modularity(network, parts, resolution=resolution)


maps = [
    umap.UMAP(n_neighbors=NEIGHBOURS, metric="cosine", random_state=seed, n_jobs=1).fit_transform(points) for seed in range(3)
]
reference = {
    "neighbours": {str(row): indices[row, :10].tolist() for row in range(0, ROWS, 12)},
    "distances": {str(row): distances[row, :10].round(6).tolist() for row in range(0, ROWS, 12)},
    "tfidfTerms": vectorizer.get_feature_names_out().tolist(),
    "tfidfRows": {str(row): tfidf[row].toarray()[0].round(6).tolist() for row in (0, 77, 199)},
    "singularValues": svd.singular_values_.round(6).tolist(),
    "adjustedRand": [
        adjusted_rand_score(groups, [group % modulus for group in groups]) for modulus in (1, 2, 3, 7, 12)
    ]
    + [adjusted_rand_score(groups, [row % 12 for row in range(ROWS)])],
    "edges": len(edges),
    "modularity": [
        {
            "resolution": resolution,
            "ofGroups": modularity_of_groups(resolution),
            "leiden": leiden(resolution),
            "louvain": louvain(resolution),
        }
        for resolution in (0.5, 1, 4, 16)
    ],
    "trustworthiness": {
        "ofFirstColumns": trustworthiness(points, points[:, :2], n_neighbors=NEIGHBOURS, metric="cosine"),
        "umap": [trustworthiness(points, one, n_neighbors=NEIGHBOURS, metric="cosine") for one in maps],
    },
}
target = pathlib.Path(__file__).parent / "reference.json"
target.write_text(json.dumps(reference, indent=1) + "\n", encoding="utf-8")
