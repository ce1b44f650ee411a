#include "tests/fuzz/targets/table.h"

void iem::fuzz::csv(std::string_view bytes) {
  for (const int dimension : {1, 2})
    expect_value_or_one_line([&] { check_table(read_csv(bytes, "fuzz.csv", dimension), dimension); });
}
