// Rows of a table that lack a number in one of the columns read: refused with their count, or left out.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/error.h"
#include "core/data/dataset.h"

namespace iem {

class MissingRows {
 public:
  // Nothing has been said of an earlier one.
  bool first() const { return message_.empty(); }
  // Why a field of the row at hand is no number.
  void see(std::string message, SourcePosition at) { message_ = std::move(message), at_ = std::move(at); }
  // The row at hand is over.
  void count(bool missing) { ++rows_, missing_ += missing ? 1 : 0; }

  // Refuses the rows at the first of them, or lets them go and says how many in `data`.
  void settle(bool drop, const std::string& file, Dataset& data) const;

 private:
  std::int64_t rows_ = 0, missing_ = 0;
  std::string message_;
  SourcePosition at_;
};

}  // namespace iem
