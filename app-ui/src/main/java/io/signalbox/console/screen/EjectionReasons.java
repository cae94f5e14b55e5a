package io.signalbox.console.screen;

import io.signalbox.console.text.Texts;
import io.signalbox.mesh.model.status.EjectionStatus;
import java.util.Locale;

/** Says why an endpoint is left out: with the figures, in the mesh's own English; by its cause in other languages. */
public final class EjectionReasons {

    private EjectionReasons() {}

    public static String of(EjectionStatus ejection, Texts texts) {
        return texts.locale().getLanguage().equals(Locale.ENGLISH.getLanguage())
                ? ejection.why()
                : texts.get("breakers.ejected.reason." + ejection.reason().wireName());
    }
}
