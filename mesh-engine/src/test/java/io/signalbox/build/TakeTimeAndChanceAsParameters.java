package io.signalbox.build;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Holds for classes that neither call nor reference the system's clocks, delays and random sources. */
final class TakeTimeAndChanceAsParameters extends ArchCondition<JavaClass> {

    private static final Set<String> FORBIDDEN = Set.of(
            "java.lang.System.nanoTime()",
            "java.lang.System.currentTimeMillis()",
            "java.lang.Math.random()",
            "java.lang.Thread.sleep(long)",
            "java.lang.Thread.sleep(java.time.Duration)",
            "java.time.Instant.now()",
            "java.time.LocalDate.now()",
            "java.time.LocalTime.now()",
            "java.time.LocalDateTime.now()",
            "java.time.OffsetDateTime.now()",
            "java.time.ZonedDateTime.now()",
            "java.time.InstantSource.system()",
            "java.time.Clock.systemUTC()",
            "java.time.Clock.systemDefaultZone()",
            "java.util.Random.<init>()",
            "java.util.SplittableRandom.<init>()",
            "java.util.random.RandomGenerator.getDefault()",
            "java.util.concurrent.ThreadLocalRandom.current()");

    TakeTimeAndChanceAsParameters() {
        super("take time and chance as parameters");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
            if (FORBIDDEN.contains(access.getTarget().getFullName())) {
                events.add(SimpleConditionEvent.violated(type, access.getDescription()));
            }
        }
    }
}
