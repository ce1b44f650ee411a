// What is fuzzed: each function reads arbitrary bytes with one of the readers. The only way out besides
// success is InputError with a message of one line; whatever is accepted must keep its promises.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/check.h"
#include "core/base/utf8.h"
#include "core/data/table_reader.h"
#include "core/scene/scene.h"

namespace iem::fuzz {

template <class Read>
void expect_value_or_one_line(Read read) {
  try {
    read();
  } catch (const InputError& error) {
    const std::string_view line = error.what();
    IEM_CHECK(!line.empty() && line.find('\n') == std::string_view::npos);
    IEM_CHECK(error.kind() == ErrorKind::bad_input);
  }
}

inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

inline void check_table(const Dataset& data, int dimension) {
  IEM_CHECK(data.size() > 0 && data.dimension() == dimension && data.points.allFinite());
  IEM_CHECK(!data.has_labels() || data.labels.size() == data.size());
  for (const auto& name : data.names) IEM_CHECK(invalid_utf8(name) == name.size());
}

// A scene that is read is written to text that reads back to the same scene.
inline void read_scene(const std::uint8_t* bytes, std::size_t size) {
  expect_value_or_one_line([&] {
    const Scene scene = parse_scene(text_of(bytes, size), "fuzz.toml");
    const Scene back = parse_scene(write_scene(scene), "written.toml");
    IEM_CHECK(back.config == scene.config && back.title == scene.title);
  });
}

inline void read_csv_table(const std::uint8_t* bytes, std::size_t size) {
  for (const int dimension : {1, 2})
    expect_value_or_one_line(
        [&] { check_table(read_csv(text_of(bytes, size), "fuzz.csv", dimension), dimension); });
}

inline void read_npy_array(const std::uint8_t* bytes, std::size_t size) {
  const std::span<const std::byte> span(reinterpret_cast<const std::byte*>(bytes), size);
  for (const int dimension : {1, 2})
    expect_value_or_one_line([&] { check_table(read_npy(span, "fuzz.npy", dimension), dimension); });
}

// --set and --at take what a user or a script types.
inline void read_assignment(const std::uint8_t* bytes, std::size_t size) {
  expect_value_or_one_line([&] { (void)parse_assignment(std::string(text_of(bytes, size)), "--set"); });
}

}  // namespace iem::fuzz
