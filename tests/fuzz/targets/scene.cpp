// A scene that is read is written to text that reads back to the same scene.
#include "core/run/scene.h"
#include "core/session/scene_file.h"

#include "tests/fuzz/targets.h"

void iem::fuzz::scene(std::string_view bytes) {
  expect_value_or_one_line([&] {
    const Scene scene = parse_scene(bytes, "fuzz.toml");
    const Scene back = parse_scene(write_scene(scene), "written.toml");
    IEM_CHECK(back.config == scene.config && back.title == scene.title);
  });
}
