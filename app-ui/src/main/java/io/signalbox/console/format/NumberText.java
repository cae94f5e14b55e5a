package io.signalbox.console.format;

import java.text.DecimalFormatSymbols;

/** A number as text with the separators of a language and a true minus. */
final class NumberText {

    private static final char MINUS = '−';

    private final char groupSeparator;
    private final char decimalSeparator;

    NumberText(DecimalFormatSymbols symbols) {
        groupSeparator = symbols.getGroupingSeparator();
        decimalSeparator = symbols.getDecimalSeparator();
    }

    /** The value rounded half up to that many decimals (0 to 9), grouped by thousands. */
    String fixed(double value, int decimals) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Formats.NONE;
        }
        long scale = 1;
        for (int i = 0; i < decimals; i++) {
            scale *= 10;
        }
        long scaled = Math.round(Math.abs(value) * scale);
        StringBuilder text = new StringBuilder(16);
        if (value < 0 && scaled != 0) {
            text.append(MINUS);
        }
        appendGrouped(text, Long.toString(scaled / scale));
        if (decimals > 0) {
            String fraction = Long.toString(scaled % scale);
            text.append(decimalSeparator)
                    .repeat('0', decimals - fraction.length())
                    .append(fraction);
        }
        return text.toString();
    }

    /** A whole number in full, grouped by thousands. */
    String whole(long value) {
        StringBuilder text = new StringBuilder(16);
        if (value < 0) {
            text.append(MINUS);
        }
        appendGrouped(text, Long.toUnsignedString(Math.abs(value)));
        return text.toString();
    }

    private void appendGrouped(StringBuilder text, String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % 3 == 0) {
                text.append(groupSeparator);
            }
            text.append(digits.charAt(i));
        }
    }
}
