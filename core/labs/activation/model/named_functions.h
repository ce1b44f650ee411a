// Well-known activation functions, with which a derived one is compared.
#pragma once

#include <string>
#include <vector>

namespace iem {

struct NamedFunction {
  std::string id, label;
  std::string formula;  // TeX, a function of z
  double (*value)(double z);
};

const std::vector<NamedFunction>& named_functions();
const NamedFunction* find_named_function(const std::string& id);  // null when unknown

}  // namespace iem
