#include "tests/fuzz/targets/table.h"

void iem::fuzz::npy(std::string_view bytes) {
  const std::span span(reinterpret_cast<const std::byte*>(bytes.data()), bytes.size());
  for (const int dimension : {1, 2})
    for (const bool drop : {false, true}) {
      TableRequest request;
      request.dimension = dimension;
      request.drop_missing = drop;
      if (drop) request.columns.resize(static_cast<std::size_t>(dimension));
      for (std::size_t i = 0; i < request.columns.size(); ++i) request.columns[i].number = 2 - i;
      expect_value_or_one_line([&] { check_table(read_npy(span, "fuzz.npy", request), dimension); });
    }
}
