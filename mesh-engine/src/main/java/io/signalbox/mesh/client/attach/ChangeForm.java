package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How much of a service that changed a sidecar wants to be told. */
public enum ChangeForm {
    /** All of it, whatever changed. */
    SERVICES("services"),

    /** Its new endpoints alone, where nothing else changed: {@link JoinedUpdate}. */
    DIFFERENCES("differences");

    private final String wireName;

    ChangeForm(String wireName) {
        this.wireName = wireName;
    }

    /** As it is asked for. */
    public String wireName() {
        return wireName;
    }

    /** @throws InvalidValueException when there is none of that name */
    public static ChangeForm parse(String text) {
        return Arrays.stream(values())
                .filter(form -> form.wireName.equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "changes",
                        text,
                        Arrays.stream(values()).map(ChangeForm::wireName).collect(Collectors.joining(" | "))));
    }
}
