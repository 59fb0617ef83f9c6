"""Clusters the utterances of a scenario in one of the usual ways; prints the answers and the seconds as JSON.

Usage: cluster.py METHOD SCENARIO.json POINTS.f32

SCENARIO.json: {"stream": number of utterances, "known": [intent of each known utterance], "hidden": number of topics}.
POINTS.f32: little-endian floats, one row for each utterance of the stream, then one for each known utterance.

Where something is known, a logistic regression decides utterance by utterance, with the threshold that rejects 5 % of
the known ones; what it rejects is clustered. Answers: {"intent": name}, {"group": name} or "noise".
"""

import json
import sys
import time

import numpy as np

REJECTED_KNOWN = 0.05
NEIGHBOURS = 15
RESOLUTION = 8.0
SEED = 1


def kmeans(points, hidden):
    """With the true number of topics."""
    from sklearn.cluster import KMeans

    return KMeans(min(hidden, len(points)), n_init=4, random_state=SEED).fit_predict(points)


def umap_hdbscan(points, hidden):
    """As BERTopic does by default."""
    from sklearn.cluster import HDBSCAN
    from umap import UMAP

    if len(points) <= NEIGHBOURS:
        return np.full(len(points), -1)
    low = UMAP(n_neighbors=NEIGHBOURS, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)
    return HDBSCAN(min_cluster_size=10, copy=True).fit_predict(low.fit_transform(points))


def knn_leiden(points, hidden):
    import igraph
    import leidenalg
    from sklearn.neighbors import NearestNeighbors

    width = min(NEIGHBOURS + 1, len(points))
    distances, indices = NearestNeighbors(n_neighbors=width, metric="cosine").fit(points).kneighbors(points)
    edges, weights = [], []
    for row in range(len(points)):
        for distance, other in zip(distances[row], indices[row]):
            if other != row:
                edges.append((row, int(other)))
                weights.append(max(1.0 - float(distance), 0.0))
    graph = igraph.Graph(n=len(points), edges=edges)
    graph.es["weight"] = weights
    graph.simplify(combine_edges="max")
    return leidenalg.find_partition(
        graph,
        leidenalg.RBConfigurationVertexPartition,
        weights="weight",
        resolution_parameter=RESOLUTION,
        seed=SEED,
    ).membership


METHODS = {"kmeans": kmeans, "umap-hdbscan": umap_hdbscan, "knn-leiden": knn_leiden}


def rejected_by_classifier(stream, known_points, known):
    """Answers of a classifier for the stream; None where it rejects."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    model = LogisticRegression(C=10, max_iter=300)
    sure = cross_val_predict(model, known_points, known, cv=5, method="predict_proba").max(axis=1)
    threshold = np.quantile(sure, REJECTED_KNOWN)
    model.fit(known_points, known)
    probabilities = model.predict_proba(stream)
    best = probabilities.argmax(axis=1)
    return [
        str(model.classes_[best[row]]) if probabilities[row, best[row]] >= threshold else None
        for row in range(len(stream))
    ]


def main():
    method, scenario_path, points_path = sys.argv[1:]
    with open(scenario_path, encoding="utf-8") as file:
        scenario = json.load(file)
    rows = scenario["stream"] + len(scenario["known"])
    points = np.fromfile(points_path, dtype="<f4").reshape(rows, -1)
    stream = points[: scenario["stream"]]
    METHODS[method](stream[:200], 2)  # loads and compiles what the method needs
    started = time.perf_counter()
    intents = [None] * len(stream)
    if scenario["known"]:
        intents = rejected_by_classifier(stream, points[scenario["stream"] :], np.array(scenario["known"]))
    left = [row for row, intent in enumerate(intents) if intent is None]
    groups = dict(zip(left, METHODS[method](stream[left], scenario["hidden"])))
    seconds = time.perf_counter() - started
    answers = [
        {"intent": intent} if intent is not None else "noise" if groups[row] < 0 else {"group": str(groups[row])}
        for row, intent in enumerate(intents)
    ]
    json.dump({"answers": answers, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
