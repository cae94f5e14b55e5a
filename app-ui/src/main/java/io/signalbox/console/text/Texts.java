package io.signalbox.console.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * The words of the console in one language, by key.
 *
 * <p>Each part of the console has a bundle of its own beside this class. Values stand in a text as {@code {0}},
 * {@code {1}} …, and arrive already formatted; an apostrophe means itself.
 */
public final class Texts {

    /** The bundles, in the order in which a key is looked for. */
    static final List<String> BUNDLES = List.of(
            "messages",
            "topology",
            "requests",
            "traffic",
            "rollouts",
            "breakers",
            "services",
            "policies",
            "security",
            "faults",
            "events",
            "history",
            "connections",
            "confirm",
            "whatif");

    private static final ResourceBundle.Control BASE_IS_ENGLISH =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final List<ResourceBundle> bundles;

    private Texts(Locale locale, List<ResourceBundle> bundles) {
        this.locale = locale;
        this.bundles = List.copyOf(bundles);
    }

    /** The words for a language, English where there are none. */
    public static Texts of(Locale locale) {
        List<ResourceBundle> found = new ArrayList<>();
        BUNDLES.forEach(name -> bundle(name, locale).ifPresent(found::add));
        return new Texts(locale, found);
    }

    private static Optional<ResourceBundle> bundle(String name, Locale locale) {
        try {
            return Optional.of(ResourceBundle.getBundle("io.signalbox.console.text." + name, locale, BASE_IS_ENGLISH));
        } catch (MissingResourceException partHasNoWordsYet) {
            return Optional.empty();
        }
    }

    public Locale locale() {
        return locale;
    }

    /** The text of a key; the key itself where nobody wrote one, so that a gap is seen and nothing breaks. */
    public String get(String key) {
        for (ResourceBundle bundle : bundles) {
            if (bundle.containsKey(key)) {
                return bundle.getString(key);
            }
        }
        return key;
    }

    /** The text of a key with values in place of {@code {0}}, {@code {1}} and so on. */
    public String get(String key, Object... values) {
        String text = get(key);
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return text;
    }

    /** The text of {@code key.one} for exactly one thing, else of {@code key.other}. */
    public String counted(String key, long count, Object... values) {
        return get(count == 1 ? key + ".one" : key + ".other", values);
    }
}
