// 1797 handwritten digits as pictures of 8 x 8 grey values, the test part of the UCI repository's Optical
// Recognition of Handwritten Digits (Alpaydin & Kaynak 1998, CC BY 4.0; assets/licences/digits.txt).
#include <span>

#include "core/data/sources.h"
#include "core/data/table_reader.h"

namespace iem {
namespace {

constexpr int kPixels = 64, kBrightest = 16;

Dataset make_digits(const Config&, const std::string&, Random&) {
  const std::string file = "builtin:digits.npy", bytes = read_file(file);
  TableRequest request;
  request.dimension = kPixels;
  for (std::size_t column = 1; column <= kPixels; ++column) request.columns.push_back({"", column});
  request.label = {"", kPixels + 1};
  Dataset data = read_npy(std::as_bytes(std::span(bytes)), file, request);
  data.points /= kBrightest;
  data.title = "Digits";
  for (int digit = 0; digit < 10; ++digit) data.label_names.push_back(std::to_string(digit));
  return data;
}

}  // namespace

DataSource digits_source() {
  return {"digits", "Digits",   "1797 handwritten digits of 8 x 8 grey values from 0 to 1, labelled.", {}, {},
          kPixels,  make_digits};
}

}  // namespace iem
