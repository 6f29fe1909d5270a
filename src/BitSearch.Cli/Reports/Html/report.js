document.querySelectorAll('table.sortable th').forEach(function (head) {
  head.tabIndex = 0;
  function sort() {
    var body = head.closest('table').tBodies[0], column = head.cellIndex;
    var down = head.getAttribute('aria-sort') === 'ascending';
    function key(row) { var cell = row.cells[column]; return cell.dataset.key || cell.textContent; }
    var rows = Array.from(body.rows).sort(function (a, b) {
      var x = key(a), y = key(b);
      if (x === '') { return y === '' ? 0 : 1; }
      if (y === '') { return -1; }
      return (down ? -1 : 1) * (isNaN(x) || isNaN(y) ? x.localeCompare(y) : x - y);
    });
    head.parentNode.querySelectorAll('th').forEach(function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    body.append.apply(body, rows);
  }
  head.addEventListener('click', sort);
  head.addEventListener('keydown', function (event) { if (event.key === 'Enter') { sort(); } });
});
