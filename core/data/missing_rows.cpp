#include "core/data/missing_rows.h"

namespace iem {

void MissingRows::settle(bool drop, const std::string& file, Dataset& data) const {
  if (missing_ == 0) return;
  const std::string of = std::to_string(missing_) + " of " + std::to_string(rows_) + " rows";
  if (!drop)
    throw InputError(message_ + "; " + of + (missing_ == 1 ? " lacks" : " lack") +
                         " a number, data.missing = \"drop\" leaves " + (missing_ == 1 ? "it" : "them") +
                         " out",
                     at_);
  if (missing_ == rows_) throw InputError("every row lacks a number", {file});
  const std::string without = of + " without a number " + (missing_ == 1 ? "is" : "are") + " left out";
  data.notes.push_back(without);
  data.words += (data.words.empty() ? "" : ", ") + without;
}

}  // namespace iem
