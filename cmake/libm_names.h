/* Included before each file of musl's that is compiled into the program (cmake/libm.cmake): its functions get
   names of their own, so that neither the linker takes the C library's for them nor the compiler its built-in
   ones. The system's headers come first and keep theirs. */
#include <endian.h>
#include <features.h>
#include <float.h>
#include <math.h>
#include <stdint.h>

#define exp iem_libm_exp
#define expm1 iem_libm_expm1
#define log iem_libm_log
#define log10 iem_libm_log10
#define log1p iem_libm_log1p
#define pow iem_libm_pow
#define cbrt iem_libm_cbrt
#define hypot iem_libm_hypot
#define sin iem_libm_sin
#define cos iem_libm_cos
#define atan iem_libm_atan
#define atan2 iem_libm_atan2
#define sinh iem_libm_sinh
#define tanh iem_libm_tanh
#define erf iem_libm_erf
#define erfc iem_libm_erfc
#define __lgamma_r iem_libm_lgamma_r

double exp(double), expm1(double), log(double), log10(double), log1p(double), pow(double, double),
    cbrt(double);
double hypot(double, double), sin(double), cos(double), atan(double), atan2(double, double);
double sinh(double), tanh(double), erf(double), erfc(double);

/* Parts of them: a static C library has the same names. */
#define __cos iem_libm_part_cos
#define __exp_data iem_libm_part_exp_data
#define __expo2 iem_libm_part_expo2
#define __log_data iem_libm_part_log_data
#define __math_divzero iem_libm_part_divzero
#define __math_invalid iem_libm_part_invalid
#define __math_oflow iem_libm_part_oflow
#define __math_uflow iem_libm_part_uflow
#define __math_xflow iem_libm_part_xflow
#define __pow_log_data iem_libm_part_pow_log_data
#define __rem_pio2 iem_libm_part_rem_pio2
#define __rem_pio2_large iem_libm_part_rem_pio2_large
#define __sin iem_libm_part_sin

/* Declared by musl's libm.h with other arguments than by the system's <math.h>. */
#define __cosl iem_libm_part_cosl
#define __sinl iem_libm_part_sinl
#define __tan iem_libm_part_tan
#define __tanl iem_libm_part_tanl

/* What musl's own <features.h> says. */
#define hidden __attribute__((__visibility__("hidden")))
#define weak_alias(old, new)
