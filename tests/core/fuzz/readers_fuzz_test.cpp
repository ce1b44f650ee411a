// The fuzz targets on a small corpus, on every truncation of it, and on a fixed number of random mutations:
// what every test run can afford. The libFuzzer entries in tests/fuzz search for longer.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/embedded.h"
#include "core/base/random.h"
#include "tests/core/data/npy_bytes.h"
#include "tests/fuzz/targets.h"

namespace iem {
namespace {

using Target = void (*)(const std::uint8_t*, std::size_t);

void run(Target target, const std::string& bytes) {
  target(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

// One to four changes: a byte flipped, set, dropped or doubled, a piece copied elsewhere, a telling word put
// in.
std::string mutated(std::string bytes, const std::vector<std::string>& words, Random& random) {
  const auto place = [&] {
    return static_cast<std::size_t>(random.below(static_cast<std::int64_t>(bytes.size()) + 1));
  };
  for (std::int64_t i = 0, changes = 1 + random.below(4); i < changes; ++i) {
    const std::size_t at = place();
    switch (random.below(6)) {
      case 0:
        if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
        break;
      case 1:
        if (at < bytes.size()) bytes[at] = static_cast<char>(random.below(256));
        break;
      case 2: bytes.erase(at, static_cast<std::size_t>(random.below(8))); break;
      case 3: bytes.insert(at, bytes.substr(place(), static_cast<std::size_t>(random.below(32)))); break;
      case 4:
        bytes.insert(at,
                     words[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(words.size())))]);
        break;
      default: bytes.resize(at); break;
    }
  }
  return bytes;
}

void search(Target target, const std::vector<std::string>& corpus, const std::vector<std::string>& words,
            int rounds) {
  Random random(20);
  for (const std::string& seed : corpus) {
    run(target, seed);
    for (std::size_t size = 0; size < std::min<std::size_t>(seed.size(), 400); ++size)
      run(target, seed.substr(0, size));
    for (int i = 0; i < rounds; ++i) run(target, mutated(seed, words, random));
  }
}

const std::vector<std::string> kTomlWords = {"[",
                                             "]",
                                             "[[model]]\n",
                                             "{",
                                             "}",
                                             "\"\"\"",
                                             "'''",
                                             "=",
                                             "nan",
                                             "-inf",
                                             "1e999",
                                             "\\u0000",
                                             "0x",
                                             "a.b.c",
                                             "1979-05-27",
                                             "[model]\n",
                                             "#",
                                             "\r\n",
                                             "\xEF\xBB\xBF",
                                             "\xFF",
                                             "true",
                                             "99999999999999999999",
                                             "model",
                                             "\"model\".",
                                             ".",
                                             ",",
                                             "[[]]",
                                             "\\",
                                             "\0",
                                             "-0.0",
                                             "[1,[2]]"};

TEST(FuzzReaders, Scene) {
  std::vector<std::string> corpus;
  for (const auto name : embedded_names("scenes/")) corpus.emplace_back(embedded_text(name));
  corpus.emplace_back(
      "format=1\nlab='mixture'\nmodel={components=2,learn=['means','weights'],means=[[1,2],[3,4]],init='"
      "explicit'}\n"
      "data.points=[[1,2],[3.5,-4e-1]]\ndata.labels=[0,-1]\n[view]\nx=[-1,1]\nprobe=[[0,0],[1,1]]\n");
  search(fuzz::read_scene, corpus, kTomlWords, 400);
}

TEST(FuzzReaders, Assignment) {
  search(fuzz::read_assignment,
         {"model.nu=3.5", "model.means=[[1,2],[3,4]]", "data.path=\"a b.csv\"", "model.init=kmeans++"},
         kTomlWords, 2000);
}

TEST(FuzzReaders, Csv) {
  const std::vector<std::string> corpus = {"bill_length_mm,waiting_min,label\n39.1,181,0\n39.5,186,-1\n",
                                           "1;2\r\n3;4\r\n", "\"x\"\t\"a \"\"b\"\"\"\n1\t2\n", "z\n1\n2\n",
                                           "\xEF\xBB\xBFx,y,note\n1,2,\"a\nb\"\n+3,-4e-2,\n"};
  const std::vector<std::string> words = {"\"",
                                          "\"\"",
                                          ",",
                                          ";",
                                          "\t",
                                          "\r",
                                          "\n",
                                          "nan",
                                          "inf",
                                          "1e999",
                                          "1e-999",
                                          "label",
                                          "_mm",
                                          "\xFF",
                                          std::string(1, '\0'),
                                          "\xEF\xBB\xBF",
                                          "0x1p3",
                                          "+",
                                          "-",
                                          ".",
                                          " "};
  search(fuzz::read_csv_table, corpus, words, 4000);
}

TEST(FuzzReaders, Npy) {
  const std::vector<double> six = {1, 2, 3, 4, 5, 6};
  const std::vector<std::string> corpus = {
      npy_bytes(dictionary("<f8", false, "(3, 2)"), items(six)),
      npy_bytes(dictionary("<f8", true, "(2, 3)"), items<double>({1, 2, 3, 4, 0, -1}), 2),
      npy_bytes(dictionary("<f4", false, "(6,)"), items<float>({1, 2, 3, 4, 5, 6}))};
  const std::vector<std::string> words = {"'",
                                          "(",
                                          ")",
                                          "{",
                                          "}",
                                          ",",
                                          "9223372036854775807",
                                          "18446744073709551615",
                                          "-1",
                                          "True",
                                          "'descr'",
                                          "<f4",
                                          ">f8",
                                          "'shape': ",
                                          ":",
                                          " ",
                                          "\xFF\xFF\xFF\xFF",
                                          "0"};
  search(fuzz::read_npy_array, corpus, words, 4000);
}

}  // namespace
}  // namespace iem
