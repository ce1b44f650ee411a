// Rows of a table that lack a number in one of the columns read: refused with their count, or left out.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/data/dataset.h"

namespace iem {

class MissingRows {
 public:
  // Whether no field has been reported yet.
  bool first() const { return message_.empty(); }
  // Reports why a field of the present row is no number.
  void see(std::string message, SourcePosition at) { message_ = std::move(message), at_ = std::move(at); }
  // Ends the present row; `missing` says whether it lacks a number.
  void count(bool missing) { ++rows_, missing_ += missing ? 1 : 0; }

  // Throws InputError at the first row that lacks a number, or, with `drop`, notes in `data` how many rows
  // were left out.
  void settle(bool drop, const std::string& file, Dataset& data) const;

 private:
  std::int64_t rows_ = 0, missing_ = 0;
  std::string message_;
  SourcePosition at_;
};

}  // namespace iem
