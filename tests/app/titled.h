// What the tests of text in outputs share: scenes with any title, tools that may be there, XML read back.
#pragma once

#include <memory>
#include <string>

#include "core/run/snapshot.h"

namespace iem::test {

bool has_tool(const std::string& name);

// The first built-in scene of a lab, called `title`.
std::shared_ptr<const Snapshot> titled(const std::string& lab, const std::string& title);

// The text and attributes of XML, read back by hand; fails the test at anything but characters and the five
// entities.
std::string xml_read(const std::string& text);

}  // namespace iem::test
