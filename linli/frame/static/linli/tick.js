// Counts down, second by second, to the instant in data-until; once it is over, says how long ago that was.
export function tickDown(place) {
  const until = Date.parse(place.dataset.until);
  const tell = () => {
    if (!place.isConnected) return clearInterval(timer);
    const left = Math.round((until - Date.now()) / 1000);
    const seconds = String(Math.abs(left) % 60).padStart(2, "0");
    place.textContent = `${left < 0 ? "超时 " : ""}${Math.floor(Math.abs(left) / 60)}:${seconds}`;
    place.classList.toggle("is-over", left < 0);
  };
  const timer = setInterval(tell, 1000);
  tell();
}
