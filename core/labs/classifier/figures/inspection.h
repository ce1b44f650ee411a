// The inspector's numbers of the classifier.
#pragma once

#include <vector>

#include "core/labs/classifier/model/classifier.h"
#include "core/labs/kit/inspection.h"
#include "core/labs/kit/lab.h"

namespace iem {

// `component`: the class whose formulas are written out; -1: that of the label, else the answer.
Inspection inspect_labelled_point(const Snapshot& snapshot, int point, int component);
Inspection inspect_class(const Snapshot& snapshot, int j);

// d_j as the sum of the terms that the control panel's formula has.
NumberLine energy_of_class(const Snapshot& snapshot, int point, int j);

// Formula lines for class c, as the inspector and the phases write them; empty where there is nothing to
// divide.
// r_2 = 0.02/0.04 = 0.51, with the least energy subtracted where the exponentials would overflow or
// underflow.
FormulaLine written_share(const Classifier::PointRow& row, int c, double tau);
// r* with a label of limited trust: e_c exp(-d_c) over the sum of these.
FormulaLine written_with_label(const Snapshot& snapshot, const Classifier::PointRow& row, int label, int c);
// r* - kappa r and its value, the residual.
FormulaLine written_residual(const Classifier& model, const Classifier::PointRow& row, int label, int c);

}  // namespace iem
