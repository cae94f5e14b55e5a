package io.signalbox.mesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.InvalidValueException;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final String TEXT =
            "9C:41:7E:02:B8:5D:13:AF:60:2B:E9:74:0D:C6:38:91:" + "F2:7A:55:0E:84:BB:1C:D7:3F:90:6A:E1:27:C4:08:5B";

    @Test
    void isReadOutInEightGroupsOfFourBytes() {
        assertThat(Fingerprint.parse(TEXT).groups())
                .hasSize(Fingerprint.GROUPS)
                .startsWith("9C:41:7E:02", "B8:5D:13:AF")
                .endsWith("27:C4:08:5B");
    }

    @Test
    void isTheSameWithAndWithoutColonsAndInEitherCase() {
        Fingerprint fingerprint = Fingerprint.parse(TEXT);
        assertThat(Fingerprint.parse(TEXT.replace(":", "").toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(fingerprint);
        assertThat(fingerprint).hasToString(TEXT);
    }

    @Test
    void refusesWhatIsNone() {
        assertThatThrownBy(() -> Fingerprint.parse("9C:41"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("fingerprint: 9C41 (expected: 64 hexadecimal digits)");
    }
}
