#include "tests/fuzz/targets/table.h"

void iem::fuzz::csv(std::string_view bytes) {
  for (const int dimension : {1, 2})
    for (const bool drop : {false, true}) {
      TableRequest request;
      request.dimension = dimension;
      request.drop_missing = drop;
      if (drop) request.label.number = 2;
      expect_value_or_one_line([&] { check_table(read_csv(bytes, "fuzz.csv", request), dimension); });
    }
}
