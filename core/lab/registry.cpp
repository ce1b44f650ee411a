#include "core/lab/lab.h"
#include "core/lab/mixture_lab.h"

namespace iem {

// The labs, in the order of the tabs. Adding one: its files, its #include and its line here.
const std::vector<const Lab*>& labs() {
  static const std::vector<const Lab*> all = {
      &mixture_lab(),
  };
  return all;
}

const Lab* find_lab(const std::string& id) {
  for (const Lab* lab : labs())
    if (lab->id() == id) return lab;
  return nullptr;
}

}  // namespace iem
