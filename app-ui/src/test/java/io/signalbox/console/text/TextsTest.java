package io.signalbox.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.ConnectionChip;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TextsTest {

    static final List<String> BUNDLES = Texts.BUNDLES;

    private static final Pattern USED =
            Pattern.compile("exts(?:\\(\\))?\\s*\\.(get|counted)\\(\\s*\"([^\"]+)\"\\s*([,)])");

    @ParameterizedTest
    @FieldSource("BUNDLES")
    void bothLanguagesHaveTheSameKeysAndValues(String bundle) throws IOException {
        Properties english = load(bundle + ".properties");
        Properties german = load(bundle + "_de.properties");
        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(places(german.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
            assertThat(german.getProperty(key)).as(key).isNotBlank();
        }
    }

    @Test
    void everyKeyThatTheConsoleAsksForIsWritten() throws IOException {
        Texts texts = Texts.of(Locale.ENGLISH);
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (Path source : sources()) {
            Matcher use = USED.matcher(Files.readString(source));
            while (use.find()) {
                found++;
                for (String key : keys(use)) {
                    if (texts.get(key).equals(key)) {
                        missing.add(source.getFileName() + ": " + key);
                    }
                }
            }
        }
        assertThat(found).isGreaterThan(30);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyScreenAndEnvironmentHasAName() {
        Texts texts = Texts.of(Locale.GERMAN);
        for (ScreenId screen : ScreenId.values()) {
            assertThat(texts.get(screen.titleKey())).isNotEqualTo(screen.titleKey());
        }
        for (ConnectionChip.Environment environment : ConnectionChip.Environment.values()) {
            String key = "environment." + environment.name().toLowerCase(Locale.ROOT);
            assertThat(texts.get(key)).isNotEqualTo(key);
        }
    }

    @Test
    void valuesTakeTheirPlacesAndAnApostropheMeansItself() {
        Texts texts = Texts.of(Locale.ENGLISH);
        assertThat(texts.get("slider.text", "payment's v2", "30 %")).isEqualTo("payment's v2: 30 % in force");
    }

    @Test
    void anUnwrittenKeyIsShownAsItIs() {
        assertThat(Texts.of(Locale.ENGLISH).get("no.such.key")).isEqualTo("no.such.key");
    }

    @Test
    void aLanguageWithoutWordsGetsEnglish() {
        assertThat(Texts.of(Locale.JAPANESE).get("dialog.cancel")).isEqualTo("Cancel");
        assertThat(Texts.of(Locale.GERMANY).get("dialog.cancel")).isEqualTo("Abbrechen");
    }

    private static List<String> keys(Matcher use) {
        String key = use.group(2);
        return use.group(1).equals("counted") ? List.of(key + ".one", key + ".other") : List.of(key);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static Set<String> places(String text) {
        Matcher place = Pattern.compile("\\{\\d}").matcher(text);
        Set<String> found = new TreeSet<>();
        while (place.find()) {
            found.add(place.group());
        }
        return found;
    }

    private static Properties load(String name) throws IOException {
        Properties properties = new Properties();
        try (InputStream bytes = Texts.class.getResourceAsStream("/io/signalbox/console/text/" + name)) {
            if (bytes != null) {
                properties.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
            }
        }
        return properties;
    }
}
