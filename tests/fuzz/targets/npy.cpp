#include "tests/fuzz/targets/table.h"

void iem::fuzz::npy(std::string_view bytes) {
  const std::span span(reinterpret_cast<const std::byte*>(bytes.data()), bytes.size());
  for (const int dimension : {1, 2})
    expect_value_or_one_line([&] { check_table(read_npy(span, "fuzz.npy", dimension), dimension); });
}
