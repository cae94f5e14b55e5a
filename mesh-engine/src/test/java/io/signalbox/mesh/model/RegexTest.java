package io.signalbox.mesh.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((((a{100}){100}){100}){100}){100}){100}",
                "(?:(?:(?:x{1000}){1000}){1000}){1000}",
                "(?P<n>(?P<m>[)]{999}){999}){999}",
                "(\\x{61}{500}){500}",
                "((((((((((((((((((((((((((((((((((((((((((a",
                "[a]{101}",
                "a{2}{50}{3}",
                "(\\Q((\\E{60}){60}",
                "a{99999999999}"
            })
    void anExpressionThatWouldGrowIsRefusedAtOnceAndBeforeItIsCompiled(String pattern) {
        long written = RegexSize.written(pattern);

        assertThat(written > RegexSize.MOST || pattern.endsWith("(a")).isTrue();
        assertThatThrownBy(() -> new ValueMatch.Regex(pattern))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("regex: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a)\\1", "(?=a)b", "(?<!a)b", "a++", "(", "[", "a**", "\\", "x{1001}"})
    void whatIsNotRe2IsRefusedWithTheReason(String pattern) {
        assertThatThrownBy(() -> new ValueMatch.Regex(pattern))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("expected: ");
    }

    @Test
    void aLongExpressionIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> new ValueMatch.Regex("a".repeat(1_000_000)))
                .hasMessage("regex: 1000000 characters (expected: at most 256 characters)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".*(Mobile|Android|iPhone|iPad).*",
                "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                "(?i)bearer [a-z0-9._-]+",
                "(?P<major>\\d+)\\.(?P<minor>\\d+)",
                "[])(]{2}x{,3}",
                "\\Q((((\\E",
                "\\p{Greek}+",
                "[[:alpha:]]+]{2}"
            })
    void whatPeopleWriteIsTaken(String pattern) {
        assertThatCode(() -> new ValueMatch.Regex(pattern)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|aa)+b", "(.*a){12}b", "(a?){12}a{12}b", "([a-z]+)*[0-9]"})
    void whatHangsOthersIsMatchedInLinearTime(String pattern) {
        ValueMatch.Regex regex = new ValueMatch.Regex(pattern);
        String value = "a".repeat(8_000);

        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(regex.compiled().matches(value)).isFalse());
    }
}
