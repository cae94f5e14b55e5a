package io.signalbox.mesh.canary;

/** Numbers as sentences have them, the same in every country. */
final class Words {

    private Words() {}

    /**
     * A number with no more decimals than this, and none that are zero at the end.
     *
     * @param value 0 or more
     */
    static String number(double value, int decimals) {
        long scale = 1;
        for (int i = 0; i < decimals; i++) {
            scale *= 10;
        }
        long scaled = Math.round(value * scale);
        StringBuilder text = new StringBuilder(count(scaled / scale));
        long rest = scaled % scale;
        if (rest > 0) {
            String digits = Long.toString(scale + rest).substring(1);
            text.append('.').append(digits.replaceAll("0+$", ""));
        }
        return text.toString();
    }

    /** A whole number of 0 or more, with a comma every three digits. */
    static String count(long value) {
        StringBuilder text = new StringBuilder(Long.toString(value));
        for (int i = text.length() - 3; i > 0; i -= 3) {
            text.insert(i, ',');
        }
        return text.toString();
    }
}
