// Labels that are wrong or missing: as often as is said, never drawn twice, and the others stay.
#include "core/data/label_noise.h"

#include <gtest/gtest.h>

#include "core/data/source.h"
#include "core/run/inline_points.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem {
namespace {

Dataset labelled(Eigen::Index n, int classes) {
  Dataset data;
  data.points.setZero(n, 2);
  data.labels.resize(n);
  for (Eigen::Index i = 0; i < n; ++i) data.labels[i] = 2 * static_cast<int>(i % classes);  // with gaps
  return data;
}

Dataset spoilt(double noise, double kept) {
  Dataset data = labelled(30'000, 3);
  Random random(4);
  spoil_labels(data, noise, kept, random);
  return data;
}

TEST(LabelNoise, ReplacesByTheOtherClassesThatOccurAlike) {
  const Dataset data = spoilt(0.3, 1);
  Eigen::Index wrong = 0, next = 0;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    const int was = data.clean_labels[i], is = data.labels[i];
    EXPECT_TRUE(is == 0 || is == 2 || is == 4);
    wrong += is != was ? 1 : 0;
    next += is == (was + 2) % 6 ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(wrong) / 30'000, 0.3, 0.01);
  EXPECT_NEAR(static_cast<double>(next) / 30'000, 0.15, 0.008);
}

TEST(LabelNoise, KeepsAsManyAsAreSaid) {
  const Dataset data = spoilt(0, 0.2);
  EXPECT_NEAR(static_cast<double>((data.labels.array() >= 0).count()) / 30'000, 0.2, 0.01);
  for (Eigen::Index i = 0; i < data.size(); ++i)
    EXPECT_TRUE(data.labels[i] == -1 || data.labels[i] == data.clean_labels[i]);
}

// One share moved is no other draw of the other, and more noise is noise on the same labels and more.
TEST(LabelNoise, IsOfOneDrawWhateverTheShares) {
  const Dataset little = spoilt(0.1, 1), more = spoilt(0.3, 1), thin = spoilt(0.1, 0.5);
  for (Eigen::Index i = 0; i < little.size(); ++i) {
    if (little.labels[i] != little.clean_labels[i]) {
      EXPECT_EQ(more.labels[i], little.labels[i]);
    }
    if (thin.labels[i] >= 0) {
      EXPECT_EQ(thin.labels[i], little.labels[i]);
    }
  }
}

TEST(LabelNoise, NothingIsDrawnWhereNothingIsAsked) {
  const Dataset data = spoilt(0, 1);
  EXPECT_EQ(data.clean_labels.size(), 0);
  EXPECT_EQ(data.labels, labelled(30'000, 3).labels);
}

// The points are those of the scene without noise, and what is painted over them stays as it is shown.
TEST(LabelNoise, LeavesThePointsAndEndsWherePointsArePainted) {
  const std::string head =
      "format = 1\nlab = \"classifier\"\nseed = 3\n[data]\nsource = \"blobs\"\ncount = 50\n";
  const Scene plain = parse_scene(head, "s.toml"),
              noisy = parse_scene(head + "label_noise = 0.4\n", "s.toml");
  const Dataset a = make_dataset(plain.config, ""), b = make_dataset(noisy.config, "");
  EXPECT_EQ(a.points, b.points);
  EXPECT_EQ(a.labels, b.clean_labels);
  EXPECT_NE(a.labels, b.labels);
  EXPECT_NE(a.hash, b.hash);
  Config painted = noisy.config;
  for (const Edit& edit : inline_points(b, noisy.config)) painted.set(edit.key, edit.value);
  const Dataset c = make_dataset(painted, "");
  EXPECT_EQ(c.labels, b.labels);
  EXPECT_EQ(c.points, b.points);
}

}  // namespace
}  // namespace iem
