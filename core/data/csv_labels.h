// The column of labels of a table: whole numbers as they are, words numbered in order of appearance.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/data/csv_scanner.h"
#include "core/data/dataset.h"

namespace iem {

class CsvLabels {
 public:
  // `column` is the name used in messages. Where the column was asked for (`asked_for`), whole numbers
  // outside the range of labels are read as names.
  CsvLabels(const std::string& file, std::string column, bool asked_for)
      : file_(file),
        column_(std::move(column)),
        asked_for_(asked_for) {}

  void reserve(std::size_t rows) { of_row_.reserve(rows); }
  // Takes the label of the next row. Throws InputError for text that is neither UTF-8 nor Latin-1 and for too
  // many different labels.
  void add(std::string_view field, const CsvPlace& at);
  // Fills labels and their names; throws where a number among numbers is no label.
  void put_into(Dataset& data) const;
  bool latin1() const { return latin1_; }  // a word was not UTF-8 and was read as Latin-1

 private:
  struct Word {
    std::string text;
    CsvPlace at;  // where it was first seen
  };
  InputError error(const std::string& what, const CsvPlace& at) const;

  const std::string& file_;
  std::string column_;
  bool asked_for_;
  std::map<std::string, int, std::less<>> index_;
  std::vector<Word> words_;
  bool latin1_ = false;
  std::vector<int> of_row_;  // index of the word; -1: none
};

}  // namespace iem
