package io.signalbox.shop.service;

import io.signalbox.shop.service.Message.Payment;
import io.signalbox.shop.service.Message.Receipt;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Pace;
import io.signalbox.shop.web.Refusal;
import io.signalbox.shop.web.Reply;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Somebody else's bank, outside the mesh: authorizes amounts up to {@value #LIMIT_CENTS} cents. */
public final class Bank implements Application {

    static final int LIMIT_CENTS = 10_000_000;

    private static final Duration WORK = Duration.ofMillis(8);

    private final Pace pace;

    public Bank(Pace pace) {
        this.pace = pace;
    }

    @Override
    public Reply answer(Call call) {
        return switch (call.method() + " " + call.path()) {
            case "GET /health" -> Reply.ok(Map.of("status", "healthy", "service", "bank"));
            case "POST /authorizations" -> authorize(call.body(Payment.class));
            default -> throw Workplace.unknown(call);
        };
    }

    private Reply authorize(Payment payment) {
        pace.work(WORK);
        if (payment.amountCents() < 0 || payment.amountCents() > LIMIT_CENTS) {
            throw new Refusal(402, "amountCents: " + payment.amountCents() + " (expected: 0.." + LIMIT_CENTS + ")");
        }
        String authorization =
                String.format(Locale.ROOT, "A%08x", payment.order().hashCode());
        return Reply.json(201, new Receipt(payment.order(), payment.amountCents(), authorization));
    }
}
