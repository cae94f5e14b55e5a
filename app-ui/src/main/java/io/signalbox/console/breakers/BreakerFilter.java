package io.signalbox.console.breakers;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of the breakers filter: plain text is looked for in the circuit's id; {@code state:half-open},
 * {@code state:ejected} and {@code err>1%} narrow further; all must hold.
 */
final class BreakerFilter {

    private static final Pattern ERROR_SHARE = Pattern.compile("err>(\\d+(?:\\.\\d+)?)%?");

    private BreakerFilter() {}

    static Predicate<BreakerRow> parse(String text) {
        return Arrays.stream(text.split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(BreakerFilter::word)
                .reduce(row -> true, Predicate::and);
    }

    private static Predicate<BreakerRow> word(String word) {
        Matcher errors = ERROR_SHARE.matcher(word);
        if (errors.matches()) {
            double percent = Double.parseDouble(errors.group(1));
            return row -> row.errorShare().orElse(0) * 100 > percent;
        }
        if (word.startsWith("state:")) {
            String state = word.substring("state:".length());
            return row -> row.current().state().wireName().startsWith(state)
                    || (row.current().ejection() != null && state.equals("ejected"));
        }
        return row -> row.id().contains(word) || row.current().edge().toString().contains(word);
    }
}
