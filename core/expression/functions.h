// What expressions compute with: lists of numbers of any shape (core/config/value.h).
#pragma once

#include <string>
#include <vector>

#include "core/config/value.h"

namespace iem {

Tensor scalar(double value);
bool is_scalar(const Tensor& tensor);

// The names of the functions, for messages and for people who write expressions.
const std::vector<std::string>& expression_functions();

// +, -, *, /, ^, comparisons, and, or, not, negative. Throws InputError when shapes do not go together.
Tensor apply_operator(const std::string& name, const std::vector<Tensor>& operands);

// Throws InputError for an unknown function, a wrong number of arguments, and shapes that do not fit.
Tensor apply_function(const std::string& name, const std::vector<Tensor>& arguments);

// x[i, j, ...]: the number there, or with fewer indices the part. Throws InputError past the end.
Tensor part_of(const Tensor& tensor, const std::vector<Tensor>& indices);

// Lists of one shape, one after the other: a list with one more axis.
Tensor stacked(const std::vector<Tensor>& rows);

// Whether no entry is 0 or nan. An empty list claims nothing and does not hold.
bool holds(const Tensor& tensor);

}  // namespace iem
