#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/data/table_reader.h"
#include "tests/core/data/npy_bytes.h"
#include "tests/core/error_of.h"

namespace iem {
namespace {

Dataset npy(const std::string& bytes, int dimension = 2) {
  return read_npy(std::as_bytes(std::span(bytes)), "p.npy", dimension);
}
std::string npy_error(const std::string& bytes, int dimension = 2) {
  return error_of([&] { (void)npy(bytes, dimension); });
}

const std::vector<double> kSix = {1, 2, 3, 4, 5, 6};

TEST(Npy, ReadsBothPrecisionsOrdersAndVersions) {
  const Dataset c = npy(npy_bytes(dictionary("<f8", false, "(3, 2)"), items(kSix)));
  EXPECT_EQ(c.points(1, 0), 3);
  EXPECT_EQ(c.points(2, 1), 6);
  EXPECT_FALSE(c.has_labels());
  const Dataset fortran =
      npy(npy_bytes(dictionary("<f8", true, "(3, 2)"), items<double>({1, 3, 5, 2, 4, 6}), 2));
  EXPECT_EQ(fortran.points, c.points);
  const Dataset single = npy(npy_bytes(dictionary("<f4", false, "(3, 2)"), items<float>({1, 2, 3, 4, 5, 6})));
  EXPECT_EQ(single.points, c.points);
}

TEST(Npy, AFurtherColumnHoldsLabels) {
  const Dataset data = npy(npy_bytes(dictionary("<f8", false, "(2, 3)"), items<double>({1, 2, 0, 4, 5, -1})));
  EXPECT_EQ(data.points(1, 1), 5);
  EXPECT_EQ(data.labels(0), 0);
  EXPECT_EQ(data.labels(1), -1);
}

TEST(Npy, OnTheLineAVectorWillDo) {
  EXPECT_EQ(npy(npy_bytes(dictionary("<f8", false, "(6,)"), items(kSix)), 1).size(), 6);
  EXPECT_EQ(npy(npy_bytes(dictionary("<f8", false, "(3, 2)"), items(kSix)), 1).labels(2), 6);
}

TEST(Npy, RefusalsSayWhy) {
  const auto with = [](const std::string& type, const std::string& shape) {
    return npy_error(npy_bytes(dictionary(type, false, shape), items(kSix)));
  };
  EXPECT_NE(with(">f8", "(3, 2)").find("big-endian"), std::string::npos);
  EXPECT_NE(with("<i8", "(3, 2)").find("'<i8' are not read: float32 or float64"), std::string::npos);
  EXPECT_NE(with("<f8", "(6,)").find("a vector of 6, must be N x 2, or N x 3 with labels"),
            std::string::npos);
  EXPECT_NE(with("<f8", "(1, 6)").find("the array is 1 x 6"), std::string::npos);
  EXPECT_NE(with("<f8", "()").find("a single number"), std::string::npos);
  EXPECT_NE(with("<f8", "(0, 2)").find("no rows"), std::string::npos);
  EXPECT_NE(with("<f8", "(4, 2)").find("promises 4 rows of 16 bytes, the file holds 48 bytes"),
            std::string::npos);
  EXPECT_NE(with("<f8", "(2, 2)").find("promises 2 rows"), std::string::npos);
  EXPECT_NE(with("<f8", "(9223372036854775807, 2)").find("promises"), std::string::npos);
  EXPECT_NE(with("<f8", "(99999999999999999999, 2)").find("broken header"), std::string::npos);
  EXPECT_NE(
      npy_error(npy_bytes("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (3,)}", items(kSix)))
          .find("structured"),
      std::string::npos);
  EXPECT_EQ(npy_error("hello"), "p.npy: not a .npy file: it does not begin with \\x93NUMPY");
  EXPECT_NE(npy_error(std::string("\x93NUMPY\x03\0\xFF\0\0\0", 12)).find("version 3.0"), std::string::npos);
}

TEST(Npy, NumbersMustBeFiniteAndLabelsWhole) {
  EXPECT_EQ(npy_error(npy_bytes(dictionary("<f8", false, "(2, 2)"), items<double>({1, 2, 3, std::nan("")}))),
            "p.npy: row 2, column 2: nan and infinity are not allowed: numbers must be finite");
  EXPECT_NE(npy_error(npy_bytes(dictionary("<f8", false, "(1, 3)"), items<double>({1, 2, 0.5})))
                .find("not a label"),
            std::string::npos);
}

TEST(Npy, EveryTruncationIsRefused) {
  const std::string whole = npy_bytes(dictionary("<f8", false, "(3, 2)"), items(kSix));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(npy_error(whole.substr(0, size)), "") << size;
}

}  // namespace
}  // namespace iem
