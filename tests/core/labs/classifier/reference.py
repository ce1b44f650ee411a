"""What scikit-learn makes of the penguins, for reference_test.cpp.

    pip install scikit-learn && python3 reference.py > reference.csv

Standardised coordinates (mean 0, deviation 1 over N). One line a result: its name, then its numbers row by row.
- probabilities: LogisticRegression without penalty, to convergence.
- ece: of those probabilities, ten bins of equal width, computed here from its definition.
- qda, lda, bayes: means, covariances (maximum likelihood, shared for lda, variances for bayes) and priors.
"""
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB

path = pathlib.Path(__file__).resolve().parents[4] / "assets/data/penguins.csv"
table = np.genfromtxt(path, delimiter=",", skip_header=1)
x, y = table[:, :2], table[:, 2].astype(int)
x = (x - x.mean(0)) / x.std(0)


def put(name, values):
    print(name + "," + ",".join(repr(float(v)) for v in np.ravel(values)))


model = LogisticRegression(C=np.inf, solver="newton-cg", tol=1e-13, max_iter=100000).fit(x, y)
p = model.predict_proba(x)
put("probabilities", p)
sure, right = p.max(1), p.argmax(1) == y
ece = 0.0
for low in np.arange(10) / 10:
    inside = (sure >= low) & ((sure < low + 0.1) | (low == 0.9))
    if inside.any():
        ece += inside.mean() * abs(right[inside].mean() - sure[inside].mean())
put("ece", ece)
put("accuracy", right.mean())

qda = QuadraticDiscriminantAnalysis(store_covariance=True).fit(x, y)
#scikit - learn before 1.9 divides a class' covariance by n - 1: back to maximum likelihood where it does.
by_n = np.cov(x[y == 0].T, bias=True)
of = np.allclose(qda.covariance_[0], by_n, rtol=1e-12, atol=0)
n = np.bincount(y)
put("qda_means", qda.means_)
put("qda_covariances", [c if of else c * (m - 1) / m for c, m in zip(qda.covariance_, n)])
put("qda_priors", qda.priors_)
lda = LinearDiscriminantAnalysis(solver="lsqr", store_covariance=True).fit(x, y)
put("lda_means", lda.means_)
put("lda_covariance", lda.covariance_)
put("lda_priors", lda.priors_)
bayes = GaussianNB(var_smoothing=0).fit(x, y)
put("bayes_means", bayes.theta_)
put("bayes_variances", bayes.var_)
put("bayes_priors", bayes.class_prior_)
print("scikit-learn", sklearn.__version__, "QDA by n:", of, file=sys.stderr)
