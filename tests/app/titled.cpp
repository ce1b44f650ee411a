#include "tests/app/titled.h"

#include <gtest/gtest.h>

#include <map>
#include <string_view>

#include "core/labs/kit/lab.h"
#include "core/session/scene_file.h"
#include "tests/app/command.h"
#include "tests/support/scenes.h"

namespace iem::test {

bool has_tool(const std::string& name) {
  static std::map<std::string, bool> known;
  const auto [tool, fresh] = known.try_emplace(name, false);
  if (fresh) tool->second = shell(Folder(), "command -v " + name).code == 0;
  return tool->second;
}

std::shared_ptr<const Snapshot> titled(const std::string& lab, const std::string& title) {
  static const auto pool = std::make_shared<ThreadPool>(1);
  const std::vector<std::string> scenes = scenes_of_every_kind_of(lab);
  if (scenes.empty()) {
    ADD_FAILURE() << "no scene of " << lab;
    return nullptr;
  }
  Scene scene = load_scene(scenes.front());
  scene.title = title;
  return take_snapshot(Run(std::move(scene), pool));
}

std::string xml_read(const std::string& text) {
  static const std::map<std::string, std::string> entities = {
      {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '&') {
      EXPECT_EQ(std::string_view("<>\"'").find(text[i]), std::string_view::npos) << text;
      out += text[i++];
      continue;
    }
    const std::string entity = text.substr(i, text.find(';', i) + 1 - i);
    EXPECT_EQ(entities.count(entity), 1u) << entity;
    out += entities.at(entity);
    i += entity.size();
  }
  return out;
}

}  // namespace iem::test
