namespace Akka.Streams;

// Why a stage cancels, where nothing failed. They are made once: their stack says nothing.
public static class SubscriptionWithCancelException
{
    public abstract class NonFailureCancellation : Exception
    {
        protected NonFailureCancellation()
        {
        }

        public sealed override string StackTrace => "";
    }

    public sealed class NoMoreElementsNeeded : NonFailureCancellation
    {
        public static readonly NoMoreElementsNeeded Instance = new();

        private NoMoreElementsNeeded()
        {
        }
    }

    public sealed class StageWasCompleted : NonFailureCancellation
    {
        public static readonly StageWasCompleted Instance = new();

        private StageWasCompleted()
        {
        }
    }
}
