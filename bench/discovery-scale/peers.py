"""The usual Python tools on a file of points; prints figures as JSON.

Run as peers.py INPUT TASK; TASK is "communities" (pynndescent, scikit-learn, leidenalg) or "map" (umap-learn).
"""

import json
import sys
import time

import numpy as np

WIDTH = 15
RESOLUTION = 1
MOST_EXACT_ROWS = 25_000
MOST_TRUSTED_ROWS = 6_000
WARM_UP_ROWS = 2_000

files, task = json.loads(sys.argv[1]), sys.argv[2]
points = np.fromfile(files["points"], dtype=np.float32).reshape(files["rows"], files["columns"])
# What is compiled on first use shall not count.
some = points[:WARM_UP_ROWS]


def measure(work):
    cpu, started = time.process_time(), time.perf_counter()
    result = work()
    return result, {"seconds": time.perf_counter() - started, "cpuSeconds": time.process_time() - cpu}


def find_communities():
    import igraph
    import leidenalg
    from pynndescent import NNDescent
    from sklearn.neighbors import NearestNeighbors

    def neighbours(rows):
        return NNDescent(rows, metric="cosine", n_neighbors=WIDTH + 1, random_state=1, n_jobs=-1).neighbor_graph

    def exact():
        return NearestNeighbors(n_neighbors=WIDTH + 1, metric="cosine", algorithm="brute").fit(points).kneighbors(points)

    def communities():
        # Mutual neighbours, weighted by similarity.
        rows = np.repeat(np.arange(len(points)), WIDTH)
        columns = indices[:, 1:].ravel()
        weights = 1 - distances[:, 1:].ravel()
        keys, mirrored = rows * len(points) + columns, columns * len(points) + rows
        kept = (rows < columns) & (weights > 0) & np.isin(keys, mirrored)
        graph = igraph.Graph(len(points), np.stack([rows[kept], columns[kept]], axis=1))
        return leidenalg.find_partition(
            graph,
            leidenalg.RBConfigurationVertexPartition,
            weights=weights[kept].astype(float).tolist(),
            resolution_parameter=RESOLUTION,
            seed=1,
        )

    neighbours(some)
    (indices, distances), found = measure(lambda: neighbours(points))
    partition, divided = measure(communities)
    figures = {"neighbours": found, "communities": divided, "communityCount": len(partition)}
    if len(points) <= MOST_EXACT_ROWS:
        figures["exact"] = measure(exact)[1]
    return figures


def draw_map():
    import umap
    from sklearn.manifold import trustworthiness

    def draw(rows):
        return umap.UMAP(n_neighbors=WIDTH, metric="cosine", random_state=1, n_jobs=1).fit_transform(rows)

    draw(some)
    theirs, drawn = measure(lambda: draw(points))
    figures = {"map": drawn}
    if len(points) <= MOST_TRUSTED_ROWS:
        ours = np.fromfile(files["map"], dtype=np.float32).reshape(-1, 2)
        trust = lambda one: float(trustworthiness(points, one, n_neighbors=WIDTH, metric="cosine"))
        figures["trustworthiness"] = {"ours": trust(ours), "theirs": trust(theirs)}
    return figures


print(json.dumps(find_communities() if task == "communities" else draw_map()))
