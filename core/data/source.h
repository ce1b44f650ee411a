// Where data comes from: a registry of sources (csv, inline, blobs, ring, ...). A source is one file pair and
// one line in sources/source_registry.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/config/config.h"
#include "core/data/dataset.h"

namespace iem {

inline constexpr int kSequence = -1;  // tokens of any width, with targets
inline constexpr int kAnyWidth = -2;  // points of 2 to kMostCoordinates coordinates
inline constexpr int kRows = -3;      // rows of numbers, whose meaning is the lab's
inline constexpr int kMostCoordinates = 64;
// The most tokens of a sequence. Every token is compared with every other: at this length a step takes
// seconds.
inline constexpr std::int64_t kLongestSequence = 20'000;

struct DataSource {
  std::string id;                     // "blobs"
  std::string label;                  // "Blobs"
  std::string help;                   // one sentence
  std::vector<std::string> keys;      // the data.* keys it reads ("data.count"); others do not apply
  std::vector<Parameter> parameters;  // keys that only this source declares
  int dimension;                      // of the points it makes: 1, 2, ...; 0 = any; kSequence

  // `folder` resolves relative paths. `random` is the data stream; label noise and holding out draw from it
  // afterwards. Throws InputError naming file, line, column, key.
  Dataset (*make)(const Config& config, const std::string& folder, Random& random);

  std::vector<std::string> extensions = {};  // of the files it reads, lower case: ".csv"
  bool is_given = false;  // its points are somebody's own: of any scale, and labels may be missing
};

const std::vector<DataSource>& data_sources();
const DataSource* find_data_source(const std::string& id);  // null when unknown
// The source that reads files with this name's extension, in either case; null: none does.
const DataSource* source_reading(const std::string& path);
// The source a configuration names, out of those its lab offers.
const DataSource& data_source(const Config& config);

// How many coordinates the points of a table have where the scene does not say it: as many as the lab's
// points have, or two where the lab takes any number.
int point_width(const Config& config);

// For a scene as it is written, or said on the command line: throws InputError where it gives a list of
// points, labels, tokens or targets that is empty, or without data.source a path that no source reads. An
// edit may empty a list on the way to another.
void check_content(const Config& config);

// The parameter descriptions of [data], for all sources, with `unavailable` filled in from `keys`.
std::vector<Parameter> data_parameters(int dimension);

// The dataset a configuration asks for: the source's points, standardised if asked, sealed. Empty with the
// source "none" only.
Dataset make_dataset(const Config& config, const std::string& folder);

}  // namespace iem
