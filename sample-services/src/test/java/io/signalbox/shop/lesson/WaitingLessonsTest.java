package io.signalbox.shop.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.status.EdgeStatus;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Faults 5 and 9. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitingLessonsTest {

    private static final String WITHOUT_REVIEWS = "\"reviewsAvailable\":false";

    private LessonMesh lesson;

    @BeforeAll
    void open(@TempDir Path folder) {
        lesson = new LessonMesh(folder);
    }

    @AfterAll
    void close() {
        lesson.close();
    }

    private long listingsWithoutReviews(int many) {
        return IntStream.range(0, many)
                .filter(_ -> lesson.see("mira", "/browse?category=tea").contains(WITHOUT_REVIEWS))
                .count();
    }

    @Test
    void reviewsThatWaitLongerForStarsThanCatalogWaitsForThemAreLostAndWithATighterTimeoutOnlyTheStarsAre() {
        lesson.switchOn("slow-ratings");
        LessonMesh.eventually(() -> listingsWithoutReviews(1) == 1);

        lesson.mend("slow-ratings");
        // two of three listings ask ratings, so twenty good ones in a row are no luck
        LessonMesh.eventually(() -> listingsWithoutReviews(20) == 0);
        lesson.switchOff("slow-ratings");
        assertThat(lesson.ask("reviews", "/reviews?items=pears", "x-reviews-version", "v3")
                        .body())
                .containsPattern("\"stars\":\\d");
    }

    @Test
    void heldMailsHoldCheckoutsUntilABulkheadStandsBeforeThem() {
        lesson.switchOn("mailer-leak");
        List<Future<HttpResponse<String>>> checkouts = lesson.atOnce(15, number -> lesson.checkOut("held-" + number));
        LessonMesh.eventually(() -> mailsUnderWay() >= 2);
        assertThat(LessonMesh.all(checkouts))
                .extracting(HttpResponse::statusCode)
                .contains(503);

        lesson.mend("mailer-leak");
        assertThat(LessonMesh.all(lesson.atOnce(12, number -> lesson.checkOut("mended-" + number))))
                .extracting(HttpResponse::statusCode)
                .containsOnly(201);
        LessonMesh.eventually(() -> mailsUnderWay() == 0);
        lesson.switchOff("mailer-leak");
        assertThat(lesson.checkOut("afterwards").body()).contains("\"mailSent\":true");
    }

    private int mailsUnderWay() {
        return lesson.edge("checkout", "mailer").map(EdgeStatus::inFlight).orElse(0);
    }
}
