"""scikit-learn's LinearSVC on the training and test sentences of a JSON file; prints figures as JSON."""

import json
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.svm import LinearSVC

with open(sys.argv[1], encoding="utf-8") as file:
    data = json.load(file)
train_texts, train_intents = zip(*data["train"])
test_texts, test_intents = zip(*data["test"])

started = time.perf_counter()
model = make_pipeline(
    FeatureUnion(
        [
            ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
            ("characters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)),
        ]
    ),
    LinearSVC(),
)
model.fit(train_texts, train_intents)
trained = time.perf_counter()
# One by one, as a bot is asked.
predicted = [model.predict([text])[0] for text in test_texts]
answered = time.perf_counter()
right = sum(one == other for one, other in zip(predicted, test_intents))
print(
    json.dumps(
        {
            "trainSeconds": trained - started,
            "answersPerSecond": len(test_texts) / (answered - trained),
            "accuracy": right / len(test_texts),
        }
    )
)
